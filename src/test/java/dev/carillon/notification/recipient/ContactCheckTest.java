package dev.carillon.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Channels;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.value.ParsedAddress;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactCheckTest {

    private static final Channels CHANNELS = new Channels(List.of(
            new Addressed("email", true),
            new Addressed("sms", true),
            new Addressed("inbox", false),
            new Addressed("ios", true),
            new Addressed("webhook", true)));
    private static final ContactCheck ANYWHERE = new ContactCheck(Optional.empty(), CHANNELS);

    @Test
    void plain_values_and_lists_of_them_are_taken() {
        // Given
        var said = Map.<String, Object>of(
                "ios",
                "740f47",
                "webhook",
                "https://example.com/hook?a=b",
                "timeZone",
                "Europe/Berlin",
                "locale",
                "de-CH",
                "age",
                41,
                "balance",
                12.5,
                "marketing_opt_in",
                true,
                "devices",
                List.of("a", 1, false));

        // When, then
        assertThat(ANYWHERE.check(said)).isEqualTo(new ContactCheck.CheckedContact(new HashMap<>(said), List.of()));
    }

    @Test
    void what_is_kept_is_in_its_one_form() {
        assertThat(ANYWHERE.check(Map.of(
                                "email",
                                " Ada@KÄSE.example\u200B",
                                "phone",
                                "+44 (0)20 7946 0958",
                                "name",
                                " Ada ",
                                "timeZone",
                                "europe/berlin",
                                "time_zone",
                                "US/Pacific"))
                        .said())
                .isEqualTo(Map.of(
                        "email",
                        "Ada@xn--kse-qla.example",
                        "phone",
                        "+442079460958",
                        "name",
                        "Ada",
                        "timeZone",
                        "Europe/Berlin",
                        "time_zone",
                        "US/Pacific"));
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of(Map.of("email", "a@b"), "/email"),
                Arguments.of(Map.of("email", "mailto:a@example.com"), "/email"),
                Arguments.of(Map.of("email", 5), "/email"),
                Arguments.of(Map.of("email", List.of("a@example.com")), "/email"),
                Arguments.of(Map.of("phone", "call me"), "/phone"),
                Arguments.of(Map.of("phone", 442079460958L), "/phone"),
                Arguments.of(Map.of("phone", "020 7946 0958"), "/phone"),
                Arguments.of(Map.of("name", 5), "/name"),
                Arguments.of(Map.of("name", "a\nb"), "/name"),
                Arguments.of(Map.of("name", "n".repeat(201)), "/name"),
                Arguments.of(Map.of("segment", true), "/segment"),
                Arguments.of(Map.of("segment", "s".repeat(51)), "/segment"),
                Arguments.of(Map.of("id", "x"), "/id"),
                Arguments.of(Map.of("", "x"), ""),
                Arguments.of(Map.of("a\nb", "x"), ""),
                Arguments.of(Map.of("n".repeat(101), "x"), ""),
                Arguments.of(Map.of("ios", "a\u0000"), "/ios"),
                Arguments.of(Map.of("ios", 5), "/ios"),
                Arguments.of(Map.of("ios", List.of("a")), "/ios"),
                Arguments.of(Map.of("webhook", true), "/webhook"),
                Arguments.of(Map.of("webhook", "no address"), "/webhook"),
                Arguments.of(Map.of("ios", "a".repeat(4_097)), "/ios"),
                Arguments.of(Map.of("a/b", Map.of("c", 1)), "/a~1b"),
                Arguments.of(Map.of("a", List.of("x", List.of("y"))), "/a/1"),
                Arguments.of(Map.of("a", Collections.nCopies(51, "x")), "/a"),
                Arguments.of(Map.of("timeZone", "Mars/Phobos"), "/timeZone"),
                Arguments.of(Map.of("timeZone", 2), "/timeZone"),
                Arguments.of(Map.of("time_zone", "+02:00"), "/time_zone"),
                Arguments.of(Map.of("locale", "de_CH!"), "/locale"),
                Arguments.of(Map.of("language", "German"), "/language"),
                Arguments.of(Map.of("language", 1), "/language"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void what_is_none_is_named_and_not_kept(Map<String, Object> said, String pointer) {
        var checked = ANYWHERE.check(said);
        assertThat(checked.errors()).extracting(FieldError::pointer).containsExactly(pointer);
        assertThat(checked.said()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\u00A0", "\u200B", "\uFEFF \u200E"})
    void a_blank_text_is_an_absent_one(String blank) {
        for (var field : List.of(
                "name", "email", "phone", "segment", "timeZone", "time_zone", "locale", "language", "ios", "city")) {
            assertThat(ANYWHERE.check(Map.of(field, blank)))
                    .isEqualTo(new ContactCheck.CheckedContact(nothing(field), List.of()));
        }
        assertThat(ANYWHERE.check(nothing("email")))
                .isEqualTo(new ContactCheck.CheckedContact(nothing("email"), List.of()));
    }

    @Test
    void there_is_an_end_to_how_many_and_how_much() {
        assertThat(ANYWHERE.check(many(101, "x")).errors())
                .extracting(FieldError::pointer)
                .containsExactly("");
        assertThat(ANYWHERE.check(many(9, "x".repeat(4_000))).errors())
                .extracting(FieldError::pointer)
                .containsExactly("");
        assertThat(ANYWHERE.check(many(100, "x".repeat(300))).errors()).isEmpty();
    }

    @Test
    void a_national_number_is_of_the_country_that_was_said_with_it_else_of_the_service_s() {
        var number = "020 7946 0958";
        var british = new ContactCheck(Optional.of("gb"), CHANNELS);
        assertThat(british.check(Map.of("phone", number)).said()).containsEntry("phone", "+442079460958");
        assertThat(ANYWHERE.check(Map.of("phone", number, "country", "GB")).said())
                .containsEntry("phone", "+442079460958");
        assertThat(ANYWHERE.check(Map.of("phone", number, "country", " gb ")).said())
                .containsEntry("phone", "+442079460958");
        assertThat(ANYWHERE.check(Map.of("phone", number, "locale", "en-GB")).said())
                .containsEntry("phone", "+442079460958");
        assertThat(ANYWHERE.check(Map.of("phone", number, "locale", "en", "country", "Britain"))
                        .errors())
                .hasSize(1);
        for (var none : List.<Object>of("UK", "XX", "Britain", 44)) {
            assertThat(british.check(Map.of("phone", number, "country", none)).errors())
                    .as("might be a stranger's: %s", none)
                    .singleElement()
                    .satisfies(error -> assertThat(error.detail()).contains("none of ISO 3166"));
        }
        assertThat(british.check(Map.of("phone", "(202) 555-0101", "country", "US"))
                        .said())
                .containsEntry("phone", "+12025550101");
        assertThat(british.address("sms", number).canonical()).contains("+442079460958");
        assertThat(ANYWHERE.check(
                                Map.of("phone", number),
                                List.of(Map.of("phone", "1"), Map.of("locale", "en-GB")),
                                Optional::empty)
                        .said())
                .containsEntry("phone", "+442079460958");
    }

    @Test
    void what_is_said_now_counts_before_what_is_known_and_that_before_what_is_set() {
        var german = new ContactCheck(Optional.of("DE"), CHANNELS);
        var number = "020 7946 0958";
        assertThat(phone(german, Map.of("phone", number, "country", "IE"), Optional.of("GB")))
                .isEqualTo("+3532079460958");
        assertThat(phone(german, Map.of("phone", number), Optional.of("GB"))).isEqualTo("+442079460958");
        assertThat(phone(german, Map.of("phone", number), Optional.empty())).isEqualTo("+492079460958");
        assertThat(phone(ANYWHERE, Map.of("phone", number), Optional.of("GB"))).isEqualTo("+442079460958");
        assertThat(ANYWHERE.check(Map.of("phone", number), List.of(), Optional::empty)
                        .errors())
                .hasSize(1);
    }

    @Test
    void nobody_is_looked_up_for_a_number_that_says_its_country() {
        assertThat(ANYWHERE.check(Map.of("phone", "+44 20 7946 0958", "name", "K"), List.of(), () -> {
                            throw new AssertionError("asked");
                        })
                        .errors())
                .isEmpty();
    }

    @Test
    void what_no_channel_is_called_by_may_be_anything_and_so_may_what_is_no_address() {
        var said = Map.<String, Object>of("fax", 5, "inbox", true, "sms", true);
        assertThat(ANYWHERE.check(said).said()).isEqualTo(said);
    }

    private static Object phone(ContactCheck check, Map<String, Object> said, Optional<String> known) {
        return check.check(said, List.of(), () -> known).said().get("phone");
    }

    /** A channel whose addresses are one word. */
    private record Addressed(String name, boolean hasAddresses) implements Channel {

        @Override
        public String provider() {
            return "none";
        }

        @Override
        public ParsedAddress address(String written) {
            return written.contains(" ")
                    ? new ParsedAddress.None("must be one word")
                    : new ParsedAddress.Address(written);
        }

        @Override
        public Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void a_default_region_that_is_none_stops_the_start() {
        assertThatThrownBy(() -> new ContactCheck(Optional.of("Britain"), CHANNELS))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("carillon.default-region");
    }

    private static Map<String, @Nullable Object> nothing(String field) {
        var said = new HashMap<String, @Nullable Object>();
        said.put(field, null);
        return said;
    }

    private static Map<String, Object> many(int count, String value) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(n -> "a" + n, n -> value, (one, other) -> one, HashMap::new));
    }
}
