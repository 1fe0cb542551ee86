package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.template.Rendered.NotRendered;
import dev.carillon.notification.template.Rendered.RenderedText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which day and at what hour something is, for whoever reads it. */
class TimesTest {

    private static final String TYPE = """
            description: A type for a test
            category: news
            channels: [sms]
            variables:
              at:     { type: timestamp, required: false, example: '2024-06-05T10:00:00Z', description: Any }
              things: { type: list, required: false, example: [{ at: '2024-06-05T10:00:00Z' }], description: Any }
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-07-01T03:59:59Z           | America/New_York    | June 30, 2026",
                "2026-07-01T04:00:00Z           | America/New_York    | July 1, 2026",
                "2026-07-01T03:59:59.999999999Z | America/New_York    | June 30, 2026",
                "2026-06-30T23:30:00-07:00      | Europe/Berlin       | July 1, 2026",
                "2026-12-31T10:00:00Z           | Pacific/Kiritimati  | January 1, 2027",
                "2026-01-01T11:00:00+14:00      | Pacific/Niue        | December 31, 2025",
                "2026-03-08T06:59:59Z           | America/New_York    | March 8, 2026",
                "2026-03-29T22:30:00Z           | Europe/Berlin       | March 30, 2026",
                "2026-03-28T22:30:00Z           | Europe/Berlin       | March 28, 2026",
                "2026-07-01                     | America/New_York    | July 1, 2026",
                "2026-07-01                     | Pacific/Kiritimati  | July 1, 2026"
            })
    void a_point_in_time_is_a_day_where_the_reader_lives_and_a_date_is_the_same_everywhere(
            String sent, String zone, String day) {
        assertThat(said("{at.day}", sent, zone, "en")).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-29T00:59:00Z | Europe/Berlin    | de | 01:59",
                "2026-03-29T01:00:00Z | Europe/Berlin    | de | 03:00",
                "2026-10-25T00:30:00Z | Europe/Berlin    | de | 02:30",
                "2026-10-25T01:30:00Z | Europe/Berlin    | de | 02:30",
                "2026-07-01T03:59:59Z | America/New_York | en | 11:59 PM",
                "2026-07-01T03:59:59Z | Asia/Kathmandu   | en | 9:44 AM"
            })
    void an_hour_is_what_the_readers_clock_shows_in_summer_and_in_winter(
            String sent, String zone, String language, String time) {
        assertThat(said("{at.time}", sent, zone, language)).isEqualTo(time);
    }

    @Test
    void whichever_class_a_time_comes_as() {
        for (Object sent : List.of(
                Instant.parse("2026-07-01T03:59:59Z"),
                OffsetDateTime.parse("2026-07-01T05:59:59+02:00"),
                " 2026-07-01T03:59:59Z ",
                "2026-07-01t03:59:59z")) {
            assertThat(said("{at.day}", sent, "America/New_York", "en"))
                    .as(sent.getClass().getSimpleName())
                    .isEqualTo("June 30, 2026");
        }
        assertThat(said("{at.day}", LocalDate.of(2026, 7, 1), "America/New_York", "en"))
                .isEqualTo("July 1, 2026");
    }

    @Test
    void a_time_inside_a_list_is_one_too() {
        assertThat(text(rendered(
                        "{#for one in things}{one.at.day} {one.at.time}{/for}",
                        Map.of("things", List.of(Map.of("at", "2026-07-01T03:59:59Z"))),
                        "America/New_York",
                        "en")))
                .isEqualTo("June 30, 2026 11:59 PM");
    }

    @Test
    void a_date_has_no_hour_and_the_words_can_ask() {
        assertThat(said(
                        "{#if at??}{at.day}{#if at.time??} at {at.time}{/if}{/if}",
                        "2026-07-01",
                        "America/New_York",
                        "en"))
                .isEqualTo("July 1, 2026");
    }

    @Test
    void seconds_since_1970_and_a_time_without_an_offset_are_no_times() {
        for (Object sent :
                List.of(1782878399L, "1782878399", "2026-07-01T03:59:59", "2026-07-01 03:59:59Z", "tomorrow")) {
            assertThat(rendered("{#if at??}{at.day}{/if}", Map.of("at", sent), "UTC", "en"))
                    .as(String.valueOf(sent))
                    .isInstanceOfSatisfying(
                            NotRendered.class, no -> assertThat(no.name()).isEqualTo("at"));
        }
    }

    @Test
    void days_are_written_in_the_digits_that_amounts_are_written_in() {
        assertThat(TextFunctions.day(
                        LocalDate.of(2026, 7, 1), new TextStyle(Locale.forLanguageTag("ar-EG"), ZoneId.of("UTC"))))
                .contains("٢٠٢٦")
                .doesNotContain("2026");
        assertThat(TextFunctions.day(
                        LocalDate.of(2026, 7, 1), new TextStyle(Locale.forLanguageTag("hi"), ZoneId.of("UTC"))))
                .contains("2026");
    }

    private static String said(String words, Object sent, String zone, String language) {
        return text(rendered(
                words.contains("??") ? words : "{#if at??}" + words + "{/if}", Map.of("at", sent), zone, language));
    }

    private static Rendered rendered(String words, Map<String, Object> context, String zone, String language) {
        String safe = words.contains("#for") ? "{#if things??}" + words + "{/if}" : words;
        Templates templates = Scratch.saying(safe)
                .with("SCRATCH/type.yaml", TYPE)
                .with("SCRATCH/sms.de.txt", safe)
                .templates();
        return templates.render(
                "SCRATCH", "sms", new Reader(Locale.forLanguageTag(language), ZoneId.of(zone), Map.of()), context);
    }

    private static String text(Rendered rendered) {
        return ((RenderedText) rendered).text();
    }
}
