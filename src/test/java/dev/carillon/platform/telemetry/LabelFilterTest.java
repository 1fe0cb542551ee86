package dev.carillon.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFilterTest {

    private final LabelFilter filter = new LabelFilter();

    @ParameterizedTest
    @CsvSource({
        "uri, /3/device/00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0",
        "uri, /hook?secret=1",
        "address, shop.example.com:443",
        "peer, 192.0.2.1",
        "clientName, shop.example.com",
        "client.name, shop.example.com"
    })
    void nothing_says_whom_we_call(String key, String value) {
        var id = filter.map(id("http.client.requests", key, value));

        assertThat(id.getTag(key)).isEqualTo("UNKNOWN");
        assertThat(id.getTag("status")).isEqualTo("200");
    }

    @Test
    void templates_and_other_meters_stay_as_they_are() {
        assertThat(filter.map(id("http.client.requests", "uri", "/api/v1/customers/{id}"))
                        .getTag("uri"))
                .isEqualTo("/api/v1/customers/{id}");
        assertThat(filter.map(id("carillon.events.appended", "address", "bss.ordering"))
                        .getTag("address"))
                .isEqualTo("bss.ordering");
    }

    @ParameterizedTest
    @CsvSource({"GET, GET", "DELETE, DELETE", "alice@example.com, UNKNOWN", "PROPFIND, UNKNOWN", "get, UNKNOWN"})
    void methods_are_the_known_ones(String written, String label) {
        assertThat(filter.map(id("http.server.requests", "method", written)).getTag("method"))
                .isEqualTo(label);
    }

    private static Meter.Id id(String name, String key, String value) {
        return new Meter.Id(name, Tags.of(key, value, "status", "200"), null, null, Meter.Type.TIMER);
    }
}
