package dev.carillon.platform.security;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The address that failures are counted for: an IPv4 address, or the /64 network of an IPv6 one, because one subscriber
 * has all of it. Behind a proxy it is the proxy's address, unless {@code quarkus.http.proxy} says which proxies to
 * trust.
 */
public final class PeerAddress {

    private static final int IPV6 = 16;
    private static final int NETWORK = 8;
    private static final int MAPPED = 12;
    private static final int LONGEST = 64;
    private static final String NONE = "unknown";

    private PeerAddress() {}

    public static String of(@Nullable SocketAddress peer) {
        return peer == null || peer.hostAddress() == null && peer.host() == null
                ? NONE
                : of(peer.hostAddress() == null ? peer.host() : peer.hostAddress());
    }

    static String of(String written) {
        var text =
                written.startsWith("[") && written.endsWith("]") ? written.substring(1, written.length() - 1) : written;
        var bytes = NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null) {
            return text.substring(0, Math.min(text.length(), LONGEST)); // a name, as a proxy may put it
        }
        return bytes.length < IPV6
                ? hex(bytes, 0, bytes.length)
                : isMapped(bytes) ? hex(bytes, MAPPED, IPV6) : hex(bytes, 0, NETWORK) + "/64";
    }

    /** {@code ::ffff:192.0.2.1} is 192.0.2.1. */
    private static boolean isMapped(byte[] bytes) {
        return Arrays.equals(bytes, 0, MAPPED, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, 0, MAPPED);
    }

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(bytes, from, to);
    }
}
