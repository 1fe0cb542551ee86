package dev.carillon.delivery.httpclient;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The networks that an address supplied by others may not lead into: everything the IANA special-purpose registries do
 * not call globally reachable, and whatever translates into it. Java already treats an IPv4 address written as an IPv6
 * one as IPv4.
 */
final class BlockedNetworks {

    private static final Pattern NETWORK = Pattern.compile("([0-9a-fA-F.:]+)/([0-9]{1,3})");

    private static final List<IpSubnetFilterRule> BLOCKED = networks(List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "::ffff:0:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8"));

    private final List<IpSubnetFilterRule> open;

    /**
     * @param open networks that are reachable all the same, such as {@code 10.1.0.0/16}
     * @throws ConfigurationException naming the setting they come from, when one is none
     */
    BlockedNetworks(List<String> open) {
        this.open = networks(open);
    }

    boolean allows(InetAddress address) {
        var at = new InetSocketAddress(address, 0);
        return holds(open, at) || !holds(BLOCKED, at);
    }

    private static boolean holds(List<IpSubnetFilterRule> networks, InetSocketAddress address) {
        return networks.stream().anyMatch(network -> network.matches(address));
    }

    private static List<IpSubnetFilterRule> networks(List<String> written) {
        return written.stream().flatMap(BlockedNetworks::network).toList();
    }

    private static Stream<IpSubnetFilterRule> network(String written) {
        var parts = NETWORK.matcher(written.trim());
        try {
            if (parts.matches()) {
                return Stream.of(new IpSubnetFilterRule(
                        parts.group(1), Integer.parseInt(parts.group(2)), IpFilterRuleType.ACCEPT));
            }
        } catch (IllegalArgumentException unfit) {
            throw none(written);
        }
        throw none(written);
    }

    private static ConfigurationException none(String written) {
        return new ConfigurationException(
                "carillon.provider.http.open-networks: " + written + " is no network such as 10.1.0.0/16");
    }
}
