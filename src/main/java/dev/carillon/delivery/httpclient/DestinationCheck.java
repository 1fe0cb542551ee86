package dev.carillon.delivery.httpclient;

import dev.carillon.delivery.httpclient.PublicDestination.OutgoingRules;
import io.netty.util.NetUtil;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks an address supplied by others by its text alone, before its name is resolved. Used at registration and before
 * each call.
 */
public final class DestinationCheck {

    /** How WHATWG tells numbers from names; Java, C and browsers read odd ones differently. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    /** No public name ends so: special-use domains (RFC 6761, RFC 6762, RFC 8375), and what resolvers of clouds, clusters and offices answer for. */
    private static final Set<String> INSIDE = Set.of(
            "localhost",
            "localdomain",
            "local",
            "internal",
            "home.arpa",
            "intranet",
            "lan",
            "home",
            "corp",
            "private",
            "svc",
            "onion");

    /** Reserved names that belong to nobody, for documents, tests and names outside the DNS (RFC 6761, RFC 9476). */
    private static final Set<String> NOBODYS = Set.of("test", "example", "alt");

    private static final String NEVER = "invalid";

    /** Of a name in the DNS, and of a part of it. */
    private static final int LONGEST_NAME = 253;

    private static final int LONGEST_LABEL = 63;

    private final OutgoingRules rules;
    private final BlockedNetworks networks;

    /** @throws ConfigurationException when a network of the rules is none */
    public DestinationCheck(OutgoingRules rules) {
        this.rules = rules;
        this.networks = new BlockedNetworks(rules.openNetworks());
    }

    /** Why it would never be called, as said of a field; null when it may be. */
    public @Nullable String fault(String address) {
        try {
            return fault(new URI(address));
        } catch (URISyntaxException broken) {
            return "must be a URL";
        }
    }

    @Nullable
    String fault(URI to) {
        var scheme = to.getScheme() == null ? "" : to.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(rules.plainHttp() && scheme.equals("http"))) {
            return "must be an https address";
        }
        if (to.getHost() == null || to.getHost().indexOf('%') >= 0) {
            return "must name a host";
        }
        if (to.getRawUserInfo() != null) {
            return "must hold no credentials";
        }
        if (to.getRawFragment() != null) {
            return "must have no fragment";
        }
        if (!rules.ports().contains(port(to))) {
            return "must be at one of the ports " + rules.ports();
        }
        if (leadsInside(to.getHost())) {
            return "must lead to a public network";
        }
        return leadsNowhere(to.getHost()) ? "must name a host that can be found" : null;
    }

    static int port(URI to) {
        return to.getPort() >= 0 ? to.getPort() : "http".equalsIgnoreCase(to.getScheme()) ? 80 : 443;
    }

    boolean allows(InetAddress address) {
        return networks.allows(address);
    }

    private static String name(String host) {
        return host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }

    /** With open internal networks, their resolvers may answer for such a name. */
    private boolean leadsNowhere(String host) {
        var name = name(host);
        var ending = name.substring(name.lastIndexOf('.') + 1);
        return ending.equals(NEVER)
                || NOBODYS.contains(ending) && rules.openNetworks().isEmpty()
                || name.length() > LONGEST_NAME
                || Arrays.stream(name.split("\\.")).anyMatch(label -> label.length() > LONGEST_LABEL);
    }

    private boolean leadsInside(String host) {
        var name = name(host);
        if (name.equals("localhost") || name.endsWith(".localhost") || name.equals("localhost.localdomain")) {
            return !networks.allows(InetAddress.getLoopbackAddress());
        }
        if (name.startsWith("[")) {
            return !isAllowed(name);
        }
        if (ENDS_IN_A_NUMBER.matcher(name).matches()) {
            return !NetUtil.isValidIpV4Address(name) || !isAllowed(name);
        }
        return isNameInside(name) && rules.openNetworks().isEmpty();
    }

    /**
     * Whether only internal resolvers know the name. With open internal networks it may be one of theirs, which shows
     * at the call.
     */
    private static boolean isNameInside(String name) {
        return name.indexOf('.') < 0 || INSIDE.stream().anyMatch(ending -> name.endsWith("." + ending));
    }

    /** Checks a numeric address; no name resolution. */
    private boolean isAllowed(String literal) {
        try {
            return networks.allows(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
