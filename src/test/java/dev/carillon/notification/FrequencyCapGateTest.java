package dev.carillon.notification;

import static dev.carillon.notification.Commands.decided;
import static dev.carillon.notification.Commands.internal;
import static dev.carillon.notification.Commands.scheduled;
import static dev.carillon.notification.Commands.throttled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Channels;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.NotificationDecision.ChannelResult.Skip;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.preference.FrequencyCap;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.recipient.Caps;
import dev.carillon.notification.recipient.CustomerCaps;
import dev.carillon.notification.recipient.CustomerLocales;
import dev.carillon.notification.recipient.CustomerZones;
import dev.carillon.notification.recipient.InternalRecipient;
import dev.carillon.notification.recipient.InternalSettings;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.ScratchWords;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.throttle.CountedSend;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottleHistory;
import dev.carillon.notification.throttle.ThrottleWindow;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much one customer takes, whatever it is about. */
class FrequencyCapGateTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String KEY = "@cap/cust-001";

    private final ThrottleHistory history = new ThrottleHistory(List.of());
    private final GateChain gates = shipped(Caps.none());

    @Test
    void is_asked_of_what_would_be_sent_and_counts_one_message_however_many_its_channels() {
        // When
        var command = Commands.orderShipped("acme", "cust-001");
        var result = decide(gates, command, alice("P1D", "sliding", 3));

        // Then
        assertThat(result.gates())
                .extracting(GateResult::name)
                .containsExactly("recipient", "preference", "address", "frequency cap", "template", "quiet hours");
        assertThat(result.gates()).contains(GateResult.passed(Gate.FREQUENCY_CAP, "0 of 3 within PT24H"));
        assertThat(result.channels(Send.class)).hasSize(2);
        assertThat(result.counted())
                .containsExactly(
                        new CountedSend("acme", KEY, NOON, NOON, NOON.plus(Duration.ofDays(1)), command.trackingId()));
    }

    @Test
    void ends_what_is_one_too_many_on_every_channel_and_says_how_many_there_were() {
        // Given
        var alice = alice("P1D", "sliding", 3);
        Stream.of(1, 2, 3).forEach(n -> decide(gates, alice, NOON));

        // When
        var result = decide(gates, alice, NOON.plus(Duration.ofHours(23)));

        // Then
        assertThat(result.refusal())
                .isEqualTo(
                        GateResult.refused(Gate.FREQUENCY_CAP, Reason.FREQUENCY_CAPPED, "3 already sent within PT24H"));
        assertThat(result.gates()).last().isEqualTo(result.refusal());
        assertThat(result.channels(Skip.class))
                .extracting(Skip::channel, Skip::reason)
                .containsExactly(tuple("email", Reason.FREQUENCY_CAPPED), tuple("sms", Reason.FREQUENCY_CAPPED));
        assertThat(result.counted()).isEmpty();
        assertThat(decide(gates, alice, NOON.plus(Duration.ofDays(1))).sends()).isTrue();
    }

    @Test
    void ends_it_also_where_another_gate_took_a_channel_before() {
        // Given
        var onlyMail = new Recipient(
                "cust-001", "Alice", "alice@example.com", null, "gold", Map.of(), 1, cap("P1D", "sliding", 1));
        decide(gates, onlyMail, NOON);

        // When
        var result = decide(gates, onlyMail, NOON);

        // Then
        assertThat(result.refusal().reason()).isEqualTo(Reason.FREQUENCY_CAPPED);
        assertThat(result.channels(Skip.class))
                .extracting(Skip::channel, Skip::reason)
                .containsExactlyInAnyOrder(tuple("email", Reason.FREQUENCY_CAPPED), tuple("sms", Reason.NO_ADDRESS));
    }

    @Test
    void what_would_not_be_sent_anyway_keeps_its_own_reason_and_does_not_count() {
        // Given
        var alice = alice("P1D", "sliding", 1);
        var noWords = Commands.command("acme", "cust-001", "ORDER_SHIPPED", Map.of());
        var unwanted = Commands.priceDrop("acme", "cust-001");

        // When
        var wordless = decide(gates, noWords, alice);
        var first = decide(gates, alice, NOON);
        var refused = decide(gates, unwanted, alice);

        // Then
        assertThat(wordless.refusal().reason()).isEqualTo(Reason.VARIABLE_MISSING);
        assertThat(first.sends()).isTrue();
        assertThat(refused.refusal().reason()).isEqualTo(Reason.CATEGORY_OFF);
        assertThat(refused.gates()).extracting(GateResult::name).doesNotContain("frequency cap");
    }

    @Test
    void a_fixed_window_opens_at_the_first_message() {
        // Given
        var alice = alice("PT1H", "fixed", 2);

        // Then
        assertThat(Stream.of(0, 30, 59, 60, 70, 119)
                        .map(minute -> decide(gates, alice, NOON.plus(Duration.ofMinutes(minute)))
                                .sends()))
                .containsExactly(true, true, false, true, true, false);
    }

    @Test
    void a_sliding_window_looks_back_from_now() {
        // Given
        var alice = alice("PT1H", "sliding", 2);

        // Then
        assertThat(Stream.of(0, 30, 59, 60, 70, 119)
                        .map(minute -> decide(gates, alice, NOON.plus(Duration.ofMinutes(minute)))
                                .sends()))
                .containsExactly(true, true, false, true, false, true);
    }

    @Test
    void a_day_begins_where_the_recipient_lives() {
        // Given
        var inTokyo = alice(cap("calendar-day", null, 1).withTimeZone("Asia/Tokyo")); // midnight is at 15:00 UTC
        var midnight = Instant.parse("2026-03-01T15:00:00Z");

        // Then
        assertThat(decide(gates, inTokyo, NOON).sends()).isTrue();
        assertThat(decide(gates, inTokyo, midnight.minusMillis(1)).refusal().detail())
                .isEqualTo("already sent today");
        assertThat(decide(gates, inTokyo, midnight).sends()).isTrue();
    }

    @Test
    void what_is_mandatory_counts_and_is_never_capped() {
        // Given
        var words = ScratchWords.mandatory();
        var mandatory = gates(words.templates(), words.categories(), Caps.none());
        var alice = alice("P1D", "sliding", 1);
        var must = Commands.command("acme", "cust-001", "SCRATCH", Map.of());

        // When
        var first = decide(mandatory, must, alice);
        var second = decide(mandatory, must, alice);
        var other = decide(gates, alice, NOON);

        // Then
        assertThat(first.gates()).contains(GateResult.passed(Gate.FREQUENCY_CAP, "mandatory"));
        assertThat(second.sends()).isTrue();
        assertThat(second.counted()).hasSize(1);
        assertThat(other.refusal().reason()).isEqualTo(Reason.FREQUENCY_CAPPED);
    }

    @Test
    void a_throttle_and_a_cap_count_both_and_only_what_is_sent() {
        // Given
        var alice = alice("P1D", "sliding", 1);
        var throttle = new Throttle("r/cust-001", 2, ThrottleWindow.calendarDay());
        var command = throttled(Commands.orderShipped("acme", "cust-001"), throttle);

        // When
        var first = decide(gates, command, alice);
        var second = decide(gates, command, alice);

        // Then
        assertThat(first.counted()).extracting(CountedSend::key).containsExactly("r/cust-001", KEY);
        assertThat(second.gates()).contains(GateResult.passed(Gate.THROTTLE, "1 of 2 today"));
        assertThat(second.refusal().reason()).isEqualTo(Reason.FREQUENCY_CAPPED);
        assertThat(history.of("acme", throttle)).hasSize(1);
    }

    @Test
    void what_is_to_go_later_counts_when_it_is_decided_and_is_not_asked_again() {
        // Given
        var alice = alice("P1D", "sliding", 1);

        // When
        var later = decide(
                gates, scheduled(Commands.orderShipped("acme", "cust-001"), NOON.plus(Duration.ofDays(3))), alice);
        var now = decide(gates, alice, NOON);
        var released = gates.review("ORDER_SHIPPED", List.of("email"), Schedule.NONE, alice, NOON);

        // Then
        assertThat(later.hold()).isNotNull();
        assertThat(later.counted()).hasSize(1);
        assertThat(now.refusal().reason()).isEqualTo(Reason.FREQUENCY_CAPPED);
        assertThat(released.sends()).isTrue();
        assertThat(released.gates()).extracting(GateResult::name).doesNotContain("frequency cap");
    }

    @Test
    void the_services_default_holds_for_who_said_nothing_and_not_for_ourselves() {
        // Given
        var byDefault = shipped(Caps.of(1, "P1D"));
        var said = alice("P1D", "sliding", 2);
        var silent = alice(Preferences.NONE);

        // When
        decide(byDefault, silent, NOON);

        // Then
        assertThat(decide(byDefault, silent, NOON).refusal().reason()).isEqualTo(Reason.FREQUENCY_CAPPED);
        assertThat(decide(byDefault, said, NOON).sends()).isTrue();
        var ours = decide(byDefault, internal(Commands.orderShipped("acme", "cust-001")), null);
        assertThat(ours.sends()).isTrue();
        assertThat(ours.counted()).isEmpty();
        assertThat(byDefault.cap(internal(Commands.orderShipped("acme", "cust-001")), silent))
                .isNull();
    }

    @Test
    void without_a_cap_there_is_no_gate_and_nothing_counts() {
        // When
        var result = decide(gates, alice(Preferences.NONE), NOON);

        // Then
        assertThat(result.gates()).extracting(GateResult::name).doesNotContain("frequency cap");
        assertThat(result.counted()).isEmpty();
        assertThat(gates.cap(Commands.orderShipped("acme", "cust-001"), alice(Preferences.NONE)))
                .isNull();
        assertThat(gates.cap(Commands.orderShipped("acme", "cust-001"), null)).isNull();
    }

    @Test
    void a_backtest_counts_what_was_sent_elsewhere_when_its_time_has_come() {
        // Given
        var sends = new BacktestSends();
        var cap = new Throttle(KEY, 2, ThrottleWindow.fixed(Duration.ofHours(1)));
        sends.elsewhere(
                "acme",
                cap,
                List.of(
                        new BacktestSends.SentElsewhere(NOON, "a"),
                        new BacktestSends.SentElsewhere(NOON.plusSeconds(60), "b"),
                        new BacktestSends.SentElsewhere(NOON.plus(Duration.ofHours(2)), "c")));

        // When
        sends.pass("acme", cap, NOON.plusSeconds(60), ZoneId.of("UTC"));
        var early = new ArrayList<>(sends.under("acme", cap));
        sends.pass("acme", cap, NOON.plus(Duration.ofHours(2)), ZoneId.of("UTC"));

        // Then
        assertThat(early)
                .extracting(CountedSend::notificationId, CountedSend::windowStart)
                .containsExactly(tuple("a", NOON), tuple("b", NOON));
        assertThat(sends.under("acme", cap))
                .as("what cannot count any more is forgotten")
                .extracting(CountedSend::notificationId)
                .containsExactly("c");
        assertThat(sends.under("other", cap)).isEmpty();
    }

    private NotificationDecision decide(GateChain gates, Recipient recipient, Instant now) {
        return decide(gates, decided(Commands.orderShipped("acme", "cust-001"), now), recipient);
    }

    /** As the pipeline does: what is sent counts for those after it. */
    private NotificationDecision decide(GateChain gates, NotificationCommand command, @Nullable Recipient recipient) {
        var result = gates.decide(command, null, recipient, throttle -> history.of("acme", throttle));
        result.counted().forEach(history::add);
        return result;
    }

    private static Recipient alice(String per, @Nullable String window, int max) {
        return alice(cap(per, window, max));
    }

    private static Recipient alice(Preferences preferences) {
        return new Recipient(
                "cust-001", "Alice", "alice@example.com", "+12025550101", "gold", Map.of(), 1, preferences);
    }

    private static Preferences cap(String per, @Nullable String window, int max) {
        return Preferences.NONE.withFrequencyCap(new FrequencyCap(max, per, window));
    }

    private static GateChain shipped(CustomerCaps caps) {
        var categories = new Categories();
        return gates(new Templates(categories), categories, caps);
    }

    private static GateChain gates(Templates templates, Categories categories, CustomerCaps caps) {
        return new GateChain(
                templates,
                categories,
                new Channels(List.of(new SilentChannel("email"), new SilentChannel("sms"))),
                new InternalRecipient(new Ops()),
                new CustomerZones("UTC"),
                new CustomerLocales("en"),
                caps);
    }

    private record Ops() implements InternalSettings {

        @Override
        public Optional<String> email() {
            return Optional.of("ops@example.com");
        }

        @Override
        public Optional<String> phone() {
            return Optional.empty();
        }
    }

    private record SilentChannel(String name) implements Channel {

        @Override
        public String provider() {
            return "none";
        }

        @Override
        public Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
            return Uni.createFrom().failure(new AssertionError("the gates sends nothing"));
        }
    }
}
