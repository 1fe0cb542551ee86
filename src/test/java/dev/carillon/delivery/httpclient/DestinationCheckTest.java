package dev.carillon.delivery.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.httpclient.PublicDestination.OutgoingRules;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationCheckTest {

    private final DestinationCheck check = new DestinationCheck(new OutgoingRules(false, Set.of(443), List.of()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.0.0.1",
                "https://127.1.2.3/x",
                "https://localhost/",
                "https://LOCALHOST/",
                "https://localhost./",
                "https://a.localhost/",
                "https://0.0.0.0/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.0.1/",
                "https://169.254.169.254/",
                "https://100.64.0.1/",
                "https://224.0.0.1/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[fe80::1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fc00::1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.0.1./",
                "https://[::ffff:0:127.0.0.1]/",
                "https://[::127.0.0.1]/",
                "https://[2002:7f00:1::]/",
                "https://[fec0::1]/",
                "https://[::ffff:a9fe:a9fe]/",
                "https://0300.0250.0.1/",
                "https://metadata.google.internal/",
                "https://METADATA.google.internal./",
                "https://db.internal/",
                "https://printer.local/",
                "https://nas.lan/",
                "https://router.home.arpa/",
                "https://wiki.corp/",
                "https://postgres/",
                "https://postgres./",
                "https://metadata/",
                "https://carillon.default.svc/",
                "https://carillon.default.svc.cluster.local/",
                "https://a.localdomain/",
                "https://x.intranet/",
                "https://localhost.localdomain./",
                "https://localhost../",
                "https://.internal/",
                "https://a..internal/",
                "https://127.0.0.1:443/",
                "https://255.255.255.255/",
                "https://１２７.0.0.1/"
            })
    void what_leads_inside_is_refused_however_it_is_written(String address) {
        assertThat(check.fault(address)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.invalid/",
                "https://SHOP.INVALID./x",
                "https://hooks.shop.test/",
                "https://shop.example",
                "https://a.alt/"
            })
    void a_name_that_is_nobodys_is_refused(String address) {
        assertThat(check.fault(address)).isEqualTo("must name a host that can be found");
    }

    @Test
    void a_name_longer_than_any_is_refused() {
        assertThat(check.fault("https://" + "a".repeat(63) + ".com/")).isNull();
        assertThat(check.fault("https://" + "a".repeat(64) + ".com/")).isEqualTo("must name a host that can be found");
        assertThat(check.fault("https://" + "a.".repeat(126) + "com/")).isEqualTo("must name a host that can be found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.com/hooks#part",
                "https://shop.example.com/hooks#",
                "https://shop.example.com#a?b",
                "https://shop.example.com/?a=b#c"
            })
    void a_fragment_is_refused_because_it_is_never_sent(String address) {
        assertThat(check.fault(address)).isEqualTo("must have no fragment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.com/hooks",
                "https://8.8.8.8/",
                "https://[2606:4700:4700::1111]/",
                "HTTPS://shop.example.com",
                "https://127.example.com/",
                "https://xn--bcher-kva.example.com/",
                "https://internal.example.com/",
                "https://local.example.com/",
                "https://invalid.com/",
                "https://test.example.com/",
                "https://shop.example.com/?a=%23",
                "https://localhost.example.com/",
                "https://aninternal.com/",
                "https://hooks.example.com./"
            })
    void what_leads_outside_is_taken(String address) {
        assertThat(check.fault(address)).isNull();
    }

    @Test
    void what_an_operator_opened_is_open() {
        var open =
                new DestinationCheck(new OutgoingRules(true, Set.of(443, 8080), List.of("127.0.0.0/8", "10.1.0.0/16")));

        assertThat(open.fault("http://127.0.0.1:8080/")).isNull();
        assertThat(open.fault("http://localhost:8080/")).isNull();
        assertThat(open.fault("https://10.1.2.3/")).isNull();
        assertThat(open.fault("https://hooks.office.internal/")).isNull();
        assertThat(open.fault("https://hooks.office.test/")).isNull();
        assertThat(open.fault("https://hooks.office.invalid/")).isEqualTo("must name a host that can be found");
        assertThat(open.fault("https://10.2.2.3/")).isEqualTo("must lead to a public network");
    }
}
