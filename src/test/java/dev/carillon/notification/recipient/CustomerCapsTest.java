package dev.carillon.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.notification.preference.FrequencyCap;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottleWindow;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerCapsTest {

    @Test
    void there_is_none_unless_somebody_says_so() {
        // Then
        assertThat(Caps.none().of(alice(Preferences.NONE))).isNull();
    }

    @Test
    void the_customers_own_takes_the_place_of_the_services_be_it_larger() {
        // Given
        var caps = Caps.of(2, "P1D");
        var more = Preferences.NONE.withFrequencyCap(new FrequencyCap(100, "PT1H", "fixed"));

        // Then
        assertThat(caps.of(alice(Preferences.NONE)))
                .isEqualTo(new Throttle("@cap/alice", 2, ThrottleWindow.sliding(Duration.ofDays(1))));
        assertThat(caps.of(alice(more)))
                .isEqualTo(new Throttle("@cap/alice", 100, ThrottleWindow.fixed(Duration.ofHours(1))));
        assertThat(Caps.of(2, "calendar-day").of(alice(Preferences.NONE)))
                .isEqualTo(new Throttle("@cap/alice", 2, ThrottleWindow.calendarDay()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, P1D,",
        "1001, P1D,",
        "3, ,",
        ", P1D,",
        "3, P1M,",
        "3, PT0S,",
        "3, P401D,",
        "3, daily,",
        "3, P1D, rolling",
        "3, calendar-day, fixed",
        ", , sliding"
    })
    void a_default_that_is_none_stops_the_start_with_its_name(Integer max, String per, String window) {
        // Given
        var settings = Caps.settings(max, per, window);

        // Then
        assertThatThrownBy(() -> new CustomerCaps(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("carillon.preferences.frequency-cap is none: max=" + max + " ")
                .hasMessageContaining("per=" + per + " ");
    }

    private static Recipient alice(Preferences preferences) {
        return new Recipient("alice", "Alice", null, null, null, Map.of(), 1, preferences);
    }
}
