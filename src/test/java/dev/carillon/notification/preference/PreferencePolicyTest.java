package dev.carillon.notification.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Category;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencePolicyTest {

    /** Mandatory type, mandatory category, opted out of everything, the customer's category × channel, channel, category, the category's default; empty: nothing said. */
    @ParameterizedTest
    @CsvSource({
        "true,  false, true,  false, false, false, false, yes, mandatory,                         ",
        "false, true,  true,  false, false, false, false, yes, mandatory,                         ",
        "false, false, true,  true,  true,  true,  true,  no,  customer's opt-out of everything,  UNSUBSCRIBED",
        "false, false, true,      ,      ,      ,      , no,  customer's opt-out of everything,  UNSUBSCRIBED",
        "true,  false, false, false, false, false, false, yes, mandatory,                         ",
        "false, true,  false, false, false, false, false, yes, mandatory,                         ",
        "false, false, false, true,  false, false, false, yes, customer's category and channel,   ",
        "false, false, false, false, true,  true,  true,  no,  customer's category and channel,   CATEGORY_OFF",
        "false, false, false,      , true,  false, false, yes, customer's channel,                ",
        "false, false, false,      , false, true,  true,  no,  customer's channel,                UNSUBSCRIBED",
        "false, false, false,      ,      , true,  false, yes, customer's category,               ",
        "false, false, false,      ,      , false, true,  no,  customer's category,               CATEGORY_OFF",
        "false, false, false,      ,      ,      , true,  yes, category's default,                ",
        "false, false, false,      ,      ,      , false, no,  category's default,                CATEGORY_OFF",
        "false, false, false,      ,      ,      ,      , no,  category's default,                CATEGORY_OFF",
    })
    void the_first_level_that_has_an_answer_decides(
            boolean mandatoryType,
            boolean mandatoryCategory,
            boolean optedOut,
            @Nullable Boolean choice,
            @Nullable Boolean channel,
            @Nullable Boolean category,
            @Nullable Boolean byDefault,
            String answer,
            String level,
            @Nullable Reason reason) {
        // Given
        var preferences = Preferences.of(choice == null ? Map.of() : Map.of("news", Map.of("email", choice)))
                .withChannels(channel == null ? Map.of() : Map.of("email", channel))
                .withCategories(category == null ? Map.of() : Map.of("news", category))
                .withOptedOut(optedOut);
        var news = new Category(
                "news", "News", true, mandatoryCategory, byDefault == null ? Map.of() : Map.of("email", byDefault));

        // When
        var verdict = PreferencePolicy.judge(null, preferences, news, mandatoryType, "email");

        // Then
        assertThat(verdict).isEqualTo(new PreferencePolicy.PreferenceVerdict(answer.equals("yes"), level, reason));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, true",
        "true, false, true, true",
        "false, true, true, true",
        "false, false, true, true",
        "false, false, false, false"
    })
    void a_suppressed_address_decides_before_everything_else(
            boolean mandatoryType, boolean mandatoryCategory, boolean chosen, boolean byDefault) {
        // Given
        var bounced = new Suppression("email", "alice@example.com", Suppression.Cause.BOUNCE, Instant.EPOCH);
        var preferences = Preferences.of(Map.of("news", Map.of("email", chosen)))
                .withChannels(Map.of("email", chosen))
                .withCategories(Map.of("news", chosen))
                .withOptedOut(!chosen);
        var news = new Category("news", "News", true, mandatoryCategory, Map.of("email", byDefault));

        // When
        var verdict = PreferencePolicy.judge(bounced, preferences, news, mandatoryType, "email");

        // Then
        assertThat(verdict)
                .isEqualTo(
                        new PreferencePolicy.PreferenceVerdict(false, "suppressed address", Reason.ADDRESS_SUPPRESSED));
    }

    @Test
    void what_is_said_of_other_categories_and_channels_does_not_count() {
        // Given
        var preferences = Preferences.of(Map.of("news", Map.of("sms", false), "offers", Map.of("email", false)))
                .withChannels(Map.of("sms", false))
                .withCategories(Map.of("offers", false));

        // When
        var verdict = PreferencePolicy.judge(null, preferences, news(true), false, "email");

        // Then
        assertThat(verdict.level()).isEqualTo("category's default");
        assertThat(verdict.allowed()).isTrue();
    }

    @Test
    void a_null_in_stored_preferences_is_nothing_said() {
        // Given
        var choices = new HashMap<String, Map<String, Boolean>>();
        choices.put("news", null);
        var channels = new HashMap<String, Boolean>();
        channels.put("email", null);
        var preferences = Preferences.of(choices).withChannels(channels).withCategories(channels);

        // When
        var verdict = PreferencePolicy.judge(null, preferences, news(true), false, "email");

        // Then
        assertThat(verdict.allowed()).isTrue();
        assertThat(PreferencePolicy.judge(null, Preferences.NONE, news(false), false, "email")
                        .allowed())
                .isFalse();
    }

    private static Category news(boolean onByDefault) {
        return new Category("news", "News", true, false, Map.of("email", onByDefault));
    }
}
