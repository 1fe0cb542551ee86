package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, ::ffff:192.0.2.1", "192.0.2.1, ::ffff:c000:201", "192.0.2.1, [::ffff:192.0.2.1]",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::1, 2001:0DB8:0001:0002:0000:0000:0000:0009",
                "fe80::1%eth0, fe80::2"
    })
    void is_the_same_for_who_has_the_same_network(String one, String other) {
        assertThat(PeerAddress.of(one)).isEqualTo(PeerAddress.of(other));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2", "2001:db8:1:2::1, 2001:db8:1:3::1", "::1, ::ffff:0.0.0.1", "host-a, host-b"})
    void tells_others_apart(String one, String other) {
        assertThat(PeerAddress.of(one)).isNotEqualTo(PeerAddress.of(other));
    }

    @Test
    void is_short_whatever_a_proxy_says() {
        assertThat(PeerAddress.of("x".repeat(8_000))).hasSize(64);
        assertThat(PeerAddress.of(SocketAddress.domainSocketAddress("/run/carillon.sock")))
                .isEqualTo(PeerAddress.of((SocketAddress) null));
        assertThat(PeerAddress.of(SocketAddress.inetSocketAddress(4711, "192.0.2.1")))
                .isEqualTo(PeerAddress.of("192.0.2.1"));
    }
}
