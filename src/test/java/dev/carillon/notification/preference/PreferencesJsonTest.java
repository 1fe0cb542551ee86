package dev.carillon.notification.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.RecordComponent;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PreferencesJsonTest {

    private static final Preferences EVERYTHING = Preferences.of(Map.of("news", Map.of("email", true)))
            .withChannels(Map.of("sms", false))
            .withCategories(Map.of("offers", false))
            .withQuietHours(new QuietHours(List.of(new QuietHours.Window(LocalTime.of(22, 0), LocalTime.of(7, 0)))))
            .withTimeZone("Europe/Berlin")
            .withLocale("de-DE")
            .withOptedOut(true)
            .withFrequencyCap(new FrequencyCap(3, "P1D", "sliding"));

    private final ObjectMapper mapper = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @Test
    void what_was_stored_before_there_were_opt_outs_and_caps_is_still_read() throws Exception {
        // When
        var old = mapper.readValue("""
                {"preferences": {"news": {"email": true}}, "channels": {"sms": false}, "categories": {}, "quietHours": [], "timeZone": "Europe/Berlin"}""", Preferences.class);

        // Then
        assertThat(old)
                .isEqualTo(Preferences.of(Map.of("news", Map.of("email", true)))
                        .withChannels(Map.of("sms", false))
                        .withTimeZone("Europe/Berlin"));
        assertThat(old.optedOut()).isFalse();
        assertThat(old.frequencyCap()).isNull();
        assertThat(mapper.writeValueAsString(old)).doesNotContain("optedOut", "frequencyCap");
    }

    @Test
    void what_is_stored_is_read_as_it_was() throws Exception {
        // Given
        var day = Preferences.NONE.withFrequencyCap(new FrequencyCap(1, "calendar-day", null));

        // Then
        assertThat(mapper.readValue(mapper.writeValueAsString(EVERYTHING), Preferences.class))
                .isEqualTo(EVERYTHING);
        assertThat(mapper.readValue(mapper.writeValueAsString(day), Preferences.class))
                .isEqualTo(day);
        assertThat(mapper.readTree(mapper.writeValueAsString(EVERYTHING)).path("frequencyCap"))
                .isEqualTo(mapper.readTree("{\"max\": 3, \"per\": \"P1D\", \"window\": \"sliding\"}"));
    }

    @Test
    void whoever_changes_one_thing_changes_nothing_else() throws Exception {
        // Then
        changesOnly(EVERYTHING.with("news", "email", false), Set.of("choices"));
        changesOnly(EVERYTHING.withChannels(Map.of()), Set.of("channels"));
        changesOnly(EVERYTHING.withCategories(Map.of()), Set.of("categories"));
        changesOnly(EVERYTHING.withQuietHours(QuietHours.NONE), Set.of("quietHours"));
        changesOnly(EVERYTHING.withTimeZone(null), Set.of("timeZone"));
        changesOnly(EVERYTHING.withLocale(null), Set.of("locale"));
        changesOnly(EVERYTHING.withOptedOut(false), Set.of("optedOut"));
        changesOnly(EVERYTHING.withFrequencyCap(null), Set.of("frequencyCap"));
        changesOnly(EVERYTHING.inVersion(7), Set.of("version"));
    }

    @Test
    void a_cap_without_a_window_of_its_own_slides_and_a_day_has_none() {
        // Then
        assertThat(new FrequencyCap(3, "P1D", null).window()).isEqualTo("sliding");
        assertThat(new FrequencyCap(3, "calendar-day", null).window()).isNull();
        assertThat(FrequencyCap.of(3, "calendar-day", "sliding")).isEmpty();
        assertThat(FrequencyCap.of(3, "P1D", "tumbling")).isEmpty();
        assertThat(FrequencyCap.of(0, "P1D", null)).isEmpty();
        assertThatThrownBy(() -> new FrequencyCap(3, "soon", null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void changesOnly(Preferences changed, Set<String> expected) {
        assertThat(Arrays.stream(Preferences.class.getRecordComponents())
                        .filter(component -> !of(component, changed).equals(of(component, EVERYTHING)))
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet()))
                .isEqualTo(expected);
    }

    private static String of(RecordComponent component, Preferences preferences) {
        try {
            return String.valueOf(component.getAccessor().invoke(preferences));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
