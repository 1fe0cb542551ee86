package dev.carillon.notification.size;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Channels;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.delivery.SizeLimit.Part;
import dev.carillon.notification.size.SizeResult.Carried;
import dev.carillon.notification.size.SizeResult.Oversized;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.NotificationType.TooLong;
import dev.carillon.notification.template.Rendered.Edition;
import dev.carillon.notification.template.Rendered.RenderedText;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    private static final SizeLimit TEN =
            new SizeLimit(Part.TEXT, 10, "characters", message -> message.text().length());

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1234567890,1234567890",
                "12345678901,123456789…",
                "12345678 0123,12345678…",
                "12345678👍🏽,12345678…",
                "1234567👨‍👩‍👧‍👦8,1234567…",
                "12345🇩🇪🇫🇷,12345🇩🇪…",
                "12345678é90,12345678é…",
                "12345678e\u0301\u0302x90,12345678…",
                "1234567❤\ufe0f90,1234567❤\ufe0f…",
                "12345678각각각,12345678각…",
                "See https://example.com/a,See…",
                "Go to www.example.com,Go to…",
                "Mail mailto:a@b.example,Mail…",
                "Open app://a/b/c,Open…",
                "a: b: c: d: e,a: b: c:…",
                "note:12345678,note:1234…",
                "看www.a.b後來又說了些話,看www.a.b後…"
            })
    void text_is_cut_between_characters_as_they_are_seen_and_never_inside_an_address(String whole, String cut) {
        assertThat(carried(TEN, content(null, whole)).content().text()).isEqualTo(cut);
    }

    @Test
    void what_fits_stays_as_it_is_and_what_was_cut_says_so() {
        var fitting = content("Subject", "1234567890");

        assertThat(carried(TEN, fitting)).isEqualTo(new Carried(fitting, false));
        assertThat(carried(TEN, content("Subject", "12345678901")).cut()).isTrue();
    }

    @Test
    void where_nothing_would_be_left_it_is_refused() {
        assertThat(fit(TEN, TooLong.CUT, content(null, "https://example.com/a")))
                .isEqualTo(new Oversized("x carries at most 10 characters, and this has 21"));
    }

    /** Whoever may choose the words must not be able to make cutting them take long. */
    @Test
    void long_texts_without_a_space_are_cut_as_well() {
        for (var text :
                List.of("a".repeat(200_000), "a.".repeat(100_000), "www.".repeat(50_000), "e\u0301".repeat(100_000))) {
            assertThat(fit(TEN, TooLong.CUT, content(null, text))).isNotNull();
        }
        assertThat(fit(TEN, TooLong.CUT, content(null, "e" + "\u0301".repeat(100_000))))
                .isInstanceOf(Oversized.class);
    }

    @Test
    void a_type_may_have_it_refused_instead() {
        assertThat(fit(TEN, TooLong.REFUSE, content(null, "12345678901")))
                .isEqualTo(new Oversized("x carries at most 10 characters, and this has 11"));
        assertThat(fit(TEN, TooLong.REFUSE, content(null, "1234567890"))).isInstanceOf(Carried.class);
    }

    @Test
    void bytes_are_counted_as_they_are_sent_and_the_longest_text_that_fits_is_taken() {
        var bytes = new SizeLimit(
                Part.TEXT, 100, "bytes", message -> message.text().getBytes(StandardCharsets.UTF_8).length);

        assertThat(carried(bytes, content(null, "ж".repeat(60))).content().text())
                .isEqualTo("ж".repeat(48) + "…");
        assertThat(carried(bytes, content(null, "😀".repeat(60))).content().text())
                .isEqualTo("😀".repeat(24) + "…");
    }

    @Test
    void a_subject_has_its_own_limit() {
        var subject = new SizeLimit(
                Part.SUBJECT,
                5,
                "bytes of subject",
                message -> message.subject().length(),
                left -> "...");

        assertThat(carried(subject, content("Subject", "a long text")).content())
                .isEqualTo(content("Su...", "a long text"));
        assertThat(carried(subject, content(null, "a long text")).cut()).isFalse();
    }

    private static Carried carried(SizeLimit limit, RenderedText content) {
        return (Carried) fit(limit, TooLong.CUT, content);
    }

    private static SizeResult fit(SizeLimit limit, TooLong tooLong, RenderedText content) {
        var type = new NotificationType(
                "T", "c", false, List.of("x"), Map.of(), "d", Locale.ENGLISH, Map.of("x", tooLong));
        return new Sizes(new Channels(List.of(new Limited(limit)))).fit(type, "x", "somebody", content);
    }

    private static RenderedText content(@Nullable String subject, String text) {
        return new RenderedText(subject, text, null, new Edition("v1", Locale.ENGLISH));
    }

    private record Limited(SizeLimit limit) implements Channel {

        @Override
        public String name() {
            return "x";
        }

        @Override
        public String provider() {
            return "x";
        }

        @Override
        public List<SizeLimit> sizeLimits() {
            return List.of(limit);
        }

        @Override
        public Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
            return Uni.createFrom().failure(new IllegalStateException("nothing is sent"));
        }
    }
}
