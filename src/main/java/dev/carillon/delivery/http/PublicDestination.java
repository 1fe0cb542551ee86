package dev.carillon.delivery.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * For addresses that somebody else gave us: no address of ours, whatever its name says. The name is resolved here, once for each
 * call, and the call connects to the very address that was checked, so a name that changes its mind in between changes nothing.
 */
public final class PublicDestination implements Destination {

    /** Finds the addresses of a name; may block. */
    @FunctionalInterface
    interface Names {

        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final Vertx vertx;
    private final OutgoingRules rules;
    private final BlockedNetworks networks;
    private final Names names;

    /** @throws IllegalArgumentException when a network of the rules is none */
    public PublicDestination(Vertx vertx, OutgoingRules rules) {
        this(vertx, rules, InetAddress::getAllByName);
    }

    PublicDestination(Vertx vertx, OutgoingRules rules, Names names) {
        this.vertx = vertx;
        this.rules = rules;
        this.networks = new BlockedNetworks(rules.openNetworks());
        this.names = names;
    }

    @Override
    public Future<Optional<SocketAddress>> of(URI to) {
        var why = refused(to);
        return why != null ? Future.failedFuture(new NotAllowedException(why))
                : vertx.executeBlocking(() -> checked(to.getHost(), port(to)), false).map(Optional::of);
    }

    private @Nullable String refused(URI to) {
        var scheme = to.getScheme();
        if (!"https".equals(scheme) && !(rules.plainHttp() && "http".equals(scheme))) {
            return "not an https address";
        }
        if (to.getHost() == null || to.getHost().indexOf('%') >= 0) {
            return "no host that could be called";
        }
        if (to.getRawUserInfo() != null) {
            return "credentials in the address";
        }
        return rules.ports().contains(port(to)) ? null : "port " + port(to) + " is not open";
    }

    private SocketAddress checked(String host, int port) throws UnknownHostException, NotAllowedException {
        var address = Stream.of(names.of(host)).filter(networks::allows).findFirst()
                .orElseThrow(() -> new NotAllowedException("leads into a network that is not public"));
        return SocketAddress.inetSocketAddress(port, address.getHostAddress());
    }

    private static int port(URI to) {
        return to.getPort() >= 0 ? to.getPort() : "http".equals(to.getScheme()) ? 80 : 443;
    }

    /**
     * What is open.
     *
     * @param plainHttp    whether http will do
     * @param openNetworks networks that are not public and may be called all the same
     */
    public record OutgoingRules(boolean plainHttp, Set<Integer> ports, List<String> openNetworks) {
    }
}
