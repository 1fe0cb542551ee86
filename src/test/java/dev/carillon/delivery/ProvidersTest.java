package dev.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    private static final Gateway NOWHERE = delivery -> Uni.createFrom().item(new DeliveryOutcome.Sent("msg"));
    private static final Provider MOCK = TestProviders.provider("mock", "fax", NOWHERE);
    private static final Provider REAL = TestProviders.provider("real", "fax", NOWHERE);
    private static final Provider OTHER = TestProviders.provider("other", "email", NOWHERE);

    @Test
    void a_channel_nobody_has_configured_has_the_mock() {
        assertThat(open(Map.of()).provider()).isEqualTo("mock");
    }

    @Test
    void a_channel_has_the_provider_it_is_configured_with() {
        assertThat(open(Map.of("carillon.delivery.fax.provider", "real")).provider())
                .isEqualTo("real");
    }

    @Test
    void a_channel_may_have_several_in_the_order_of_choice_each_once() {
        assertThat(routes(Map.of("carillon.delivery.fax.provider", "real,mock")))
                .extracting(Route::provider)
                .containsExactly("real", "mock");
        assertThatThrownBy(() -> routes(Map.of("carillon.delivery.fax.provider", "real,real")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("carillon.delivery.fax.provider=real,real names a provider twice");
    }

    @Test
    void a_provider_that_does_not_serve_the_channel_stops_the_start_and_the_key_is_named() {
        assertThatThrownBy(() -> open(Map.of("carillon.delivery.fax.provider", "other")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("carillon.delivery.fax.provider=other is none of [mock, real]");
    }

    @Test
    void a_channel_can_send_as_many_as_its_provider_can() {
        // Given
        var busy = new Gateway() {

            @Override
            public Uni<DeliveryOutcome> send(LeasedDelivery leased) {
                return NOWHERE.send(leased);
            }

            @Override
            public int free() {
                return 3;
            }
        };

        // Then
        assertThat(new ProvidedChannel("fax", TestProviders.only("fax", busy)) {}.routes())
                .extracting(route -> route.gateway().free())
                .containsExactly(3);
    }

    @Test
    void two_providers_of_one_name_are_not_chosen_between() {
        // Given
        var providers = new Providers(List.of(MOCK, MOCK), TestProviders.settings(Map.of()));

        // Then
        assertThatThrownBy(() -> providers.open("fax"))
                .hasMessage("carillon.delivery.fax.provider=mock is more than one of [mock, mock]");
    }

    private static Route open(Map<String, String> values) {
        return routes(values).get(0);
    }

    private static List<Route> routes(Map<String, String> values) {
        return new Providers(List.of(MOCK, REAL, OTHER), TestProviders.settings(values)).open("fax");
    }
}
