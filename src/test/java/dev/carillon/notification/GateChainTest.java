package dev.carillon.notification;

import static dev.carillon.notification.Commands.byRule;
import static dev.carillon.notification.Commands.expiring;
import static dev.carillon.notification.Commands.from;
import static dev.carillon.notification.Commands.internal;
import static dev.carillon.notification.Commands.keyed;
import static dev.carillon.notification.Commands.on;
import static dev.carillon.notification.Commands.throttled;
import static dev.carillon.notification.decision.Reason.ADDRESS_SUPPRESSED;
import static dev.carillon.notification.decision.Reason.CATEGORY_OFF;
import static dev.carillon.notification.decision.Reason.DUPLICATE_BUSINESS_KEY;
import static dev.carillon.notification.decision.Reason.EXPIRED;
import static dev.carillon.notification.decision.Reason.NO_ADDRESS;
import static dev.carillon.notification.decision.Reason.NO_PROVIDER;
import static dev.carillon.notification.decision.Reason.TEMPLATE_MISSING;
import static dev.carillon.notification.decision.Reason.THROTTLED;
import static dev.carillon.notification.decision.Reason.UNKNOWN_RECIPIENT;
import static dev.carillon.notification.decision.Reason.UNSUBSCRIBED;
import static dev.carillon.notification.decision.Reason.VARIABLE_MISSING;
import static dev.carillon.notification.throttle.Recent.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Channels;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.notification.NotificationDecision.ChannelResult;
import dev.carillon.notification.NotificationDecision.ChannelResult.Send;
import dev.carillon.notification.NotificationDecision.ChannelResult.Skip;
import dev.carillon.notification.NotificationDecision.HeldUntil;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Origin.EventOrigin;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.QuietHours;
import dev.carillon.notification.preference.Suppression;
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
import dev.carillon.notification.throttle.Recent;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottleWindow;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateChainTest {

    private static final Map<String, Object> SHIPPED = Map.of("orderId", "ord-001");
    private static final CustomerLocales ENGLISH = new CustomerLocales("en");
    private static final CustomerZones UTC = new CustomerZones("UTC");
    private static final CustomerCaps NO_CAP = Caps.none();
    private static final InternalRecipient OURSELVES = new InternalRecipient(reachedAt("ops@example.com"));
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Throttle ONE_A_DAY = new Throttle("r/cust-001", 1, ThrottleWindow.calendarDay());
    private static final Map<String, Object> CHEAPER =
            Map.of("productName", "Router", "oldPrice", 149.99, "newPrice", 119.99);

    private static final QuietHours NIGHT =
            new QuietHours(List.of(new QuietHours.Window(LocalTime.of(20, 0), LocalTime.of(6, 0))));

    private final Categories categories = new Categories();
    private final GateChain gates = gates(channels("email", "sms"));

    @Test
    void passes_the_gates_in_order_and_sends_on_every_channel() {
        // When
        var result = gates.decide(
                keyed(command("ORDER_SHIPPED", SHIPPED), "order/ord-001/shipped"),
                null,
                alice(Preferences.NONE),
                NOTHING);

        // Then
        assertThat(result.sends()).isTrue();
        assertThat(result.category()).isEqualTo("order_updates");
        assertThat(result.gates())
                .extracting(GateResult::name)
                .containsExactly("once", "recipient", "preference", "address", "template", "quiet hours");
        assertThat(result.gates()).allMatch(GateResult::passed);
        assertThat(result.channels(Send.class)).extracting(Send::channel).containsExactly("email", "sms");
        assertThat(result.channels(Send.class))
                .extracting(Send::address)
                .containsExactly("alice@example.com", "+12025550101");
        assertThat(result.channels(Send.class).get(1).content().text()).contains("ord-001");
    }

    @Test
    void keeps_the_gates_that_were_passed_before_the_pipeline() {
        // Given
        var origin = new EventOrigin(
                new EventRef("evt-1", 1),
                new RuleRef("order-shipped", "1"),
                List.of(GateResult.passed(Gate.WHEN, "held")),
                null,
                1L);

        // When
        var result =
                gates.decide(from(command("ORDER_SHIPPED", SHIPPED), origin), null, alice(Preferences.NONE), NOTHING);

        // Then
        assertThat(result.gates())
                .extracting(GateResult::name)
                .containsExactly("when", "recipient", "preference", "address", "template", "quiet hours");
    }

    @Test
    void sends_on_the_one_channel_that_is_left_and_says_why_the_other_is_skipped() {
        // Given
        var noSms = Preferences.NONE.withChannels(Map.of("sms", false)).inVersion(3);

        // When
        var result = gates.decide(command("ORDER_SHIPPED", SHIPPED), null, alice(noSms), NOTHING);

        // Then
        assertThat(result.sends()).isTrue();
        assertThat(result.gates()).allMatch(GateResult::passed);
        assertThat(result.channels(Send.class)).extracting(Send::channel).containsExactly("email");
        assertThat(result.channels(Skip.class))
                .extracting(Skip::channel, Skip::reason)
                .containsExactly(tuple("sms", UNSUBSCRIBED));
    }

    @Test
    void ends_at_the_gate_that_takes_the_last_channel_with_that_gates_reason() {
        // Given
        var onlyEmail = Preferences.NONE.withChannels(Map.of("sms", false)).inVersion(3);

        // When
        var result = gates.decide(
                command("ORDER_SHIPPED", SHIPPED), null, recipient(null, "+12025550101", Map.of(), onlyEmail), NOTHING);

        // Then
        refusedAt(result, "address", NO_ADDRESS);
        assertThat(result.gates()).extracting(GateResult::name).containsExactly("recipient", "preference", "address");
        assertThat(result.channels()).extracting(ChannelResult::channel).containsExactlyInAnyOrder("sms", "email");
        assertThat(result.channels(Skip.class))
                .extracting(Skip::reason)
                .containsExactlyInAnyOrder(UNSUBSCRIBED, NO_ADDRESS);
    }

    @Test
    void sends_no_fact_that_was_sent_before() {
        // When
        var result = gates.decide(
                keyed(command("ORDER_SHIPPED", SHIPPED), "order/ord-001/shipped"),
                "01EARLIER",
                alice(Preferences.NONE),
                NOTHING);

        // Then
        refusedAt(result, "once", DUPLICATE_BUSINESS_KEY);
        assertThat(result.duplicateOf()).isEqualTo("01EARLIER");
        assertThat(result.channels()).isEmpty();
    }

    @Test
    void does_not_know_everybody() {
        // When
        var call = command("ORDER_SHIPPED", SHIPPED);
        var event = from(call, byRule());
        var called = gates.decide(call, null, null, NOTHING);
        var heard = gates.decide(event, null, null, NOTHING);

        // Then
        refusedAt(heard, "recipient", UNKNOWN_RECIPIENT);
        refusedAt(called, "recipient", UNKNOWN_RECIPIENT);
        assertThat(new Notification(event, heard).isRecorded()).isTrue();
        assertThat(new Notification(call, called).isRecorded()).isFalse();
    }

    @Test
    void asks_the_preferences() {
        // When
        var result = gates.decide(command("PRICE_DROP_ALERT", CHEAPER), null, alice(Preferences.NONE), NOTHING);

        // Then
        refusedAt(result, "preference", CATEGORY_OFF);
        assertThat(result.channels(Skip.class)).hasSize(2);
    }

    @Test
    void everybody_who_is_known_has_an_inbox_whose_address_is_their_id_but_we_have_not() {
        // Given
        var withInbox = gates(new Channels(List.of(new SilentInbox())));
        var notice = on(command("ACCOUNT_NOTICE", Map.of("title", "New address", "message", "1 Main Street")), "inbox");
        var nobodysAddress = recipient(null, null, Map.of("inbox", "elsewhere"), Preferences.NONE);

        // When
        var result = withInbox.decide(notice, null, nobodysAddress, NOTHING);
        var toOurselves = withInbox.decide(internal(notice), null, null, NOTHING);

        // Then
        assertThat(result.channels(Send.class))
                .extracting(Send::channel, Send::address)
                .containsExactly(tuple("inbox", nobodysAddress.id()));
        refusedAt(toOurselves, "recipient", NO_ADDRESS);
    }

    @Test
    void takes_a_blank_address_for_none() {
        // When
        var result = gates.decide(
                command("ORDER_SHIPPED", SHIPPED), null, recipient("  ", "", Map.of(), Preferences.NONE), NOTHING);

        // Then
        refusedAt(result, "address", NO_ADDRESS);
    }

    @Test
    void enqueues_nothing_for_a_channel_that_nothing_sends_on() {
        // Given
        var onlySms = gates(channels("sms"));

        // When
        var result = onlySms.decide(command("ORDER_SHIPPED", SHIPPED), null, alice(Preferences.NONE), NOTHING);

        // Then
        assertThat(result.channels(Send.class)).extracting(Send::channel).containsExactly("sms");
        assertThat(result.channels(Skip.class)).extracting(Skip::reason).containsExactly(NO_PROVIDER);
    }

    @Test
    void rings_a_channel_once_however_often_it_is_named() {
        // When
        var result = gates.decide(
                on(command("ORDER_SHIPPED", SHIPPED), "sms", "sms", "email", "sms"),
                null,
                alice(Preferences.NONE),
                NOTHING);

        // Then
        assertThat(result.channels(Send.class)).extracting(Send::channel).containsExactly("sms", "email");
    }

    @Test
    void has_no_words_for_an_unknown_type_or_a_channel_without_a_template() {
        // Given
        var wantsPush = Preferences.NONE.withChannels(Map.of("push", true));
        var withPush = gates(channels("push"));

        // When
        var unknown = gates.decide(command("NO_SUCH_TYPE", SHIPPED), null, alice(Preferences.NONE), NOTHING);
        var push = withPush.decide(
                on(command("ORDER_SHIPPED", SHIPPED), "push"),
                null,
                recipient(null, null, Map.of("push", "token"), wantsPush),
                NOTHING);

        // Then
        refusedAt(unknown, "template", TEMPLATE_MISSING);
        refusedAt(push, "template", TEMPLATE_MISSING);
    }

    @Test
    void names_a_variable_that_is_missing() {
        // When
        var result = gates.decide(command("ORDER_SHIPPED", Map.of()), null, alice(Preferences.NONE), NOTHING);

        // Then
        refusedAt(result, "template", VARIABLE_MISSING);
        assertThat(result.refusal().detail()).contains("orderId");
    }

    @Test
    void sends_nothing_to_a_suppressed_address_be_it_mandatory_when_decided_and_when_released() {
        // Given
        var words = ScratchWords.mandatory();
        var mandatory =
                new GateChain(words.templates(), words.categories(), channels("sms"), OURSELVES, UTC, ENGLISH, NO_CAP);
        var stopped = new Recipient(
                "cust-001",
                "Alice Johnson",
                "alice@example.com",
                "+12025550101",
                "gold",
                Map.of(),
                1,
                Preferences.NONE,
                List.of(new Suppression("sms", "+12025550101", Suppression.Cause.STOP, NOON)),
                0);

        // When
        var decided = mandatory.decide(command("SCRATCH", Map.of()), null, stopped, NOTHING);
        var released = mandatory.review("SCRATCH", List.of("sms"), Schedule.NONE, stopped, NOON);
        var other = gates.decide(command("ORDER_SHIPPED", SHIPPED), null, stopped, NOTHING);

        // Then
        refusedAt(decided, "preference", ADDRESS_SUPPRESSED);
        refusedAt(released, "preference", ADDRESS_SUPPRESSED);
        assertThat(decided.refusal().detail()).isEqualTo("sms off by suppressed address, stop at 2026-03-01T12:00:00Z");
        assertThat(other.channels(Send.class)).extracting(Send::channel).containsExactly("email");
    }

    @Test
    void sends_a_mandatory_type_whatever_the_customer_prefers() {
        // Given
        var words = ScratchWords.mandatory();
        var nothing = Preferences.of(Map.of("news", Map.of("sms", false)))
                .withChannels(Map.of("sms", false))
                .withCategories(Map.of("news", false))
                .withOptedOut(true);

        // When
        var result = new GateChain(
                        words.templates(), words.categories(), channels("sms"), OURSELVES, UTC, ENGLISH, NO_CAP)
                .decide(command("SCRATCH", Map.of()), null, alice(nothing), NOTHING);

        // Then
        assertThat(result.sends()).isTrue();
        assertThat(result.gates()).anySatisfy(gate -> assertThat(gate.detail()).isEqualTo("sms on by mandatory"));
    }

    @Test
    void refuses_what_had_expired_when_it_was_decided_and_asks_nothing_else() {
        // When
        var late = gates.decide(expiring(command("ORDER_SHIPPED", SHIPPED), NOON), "01EARLIER", null, NOTHING);
        var inTime = gates.decide(
                expiring(command("ORDER_SHIPPED", SHIPPED), NOON.plusMillis(1)),
                null,
                alice(Preferences.NONE),
                NOTHING);

        // Then
        refusedAt(late, "expires", EXPIRED);
        assertThat(late.refusal().detail()).isEqualTo("expired at 2026-03-01T12:00:00Z");
        assertThat(inTime.sends()).isTrue();
    }

    @Test
    void lets_one_through_and_says_what_counts_from_then_on() {
        // When
        var command = throttled(command("ORDER_SHIPPED", SHIPPED), ONE_A_DAY);
        var result = gates.decide(command, null, alice(Preferences.NONE), NOTHING);

        // Then
        assertThat(result.gates())
                .extracting(GateResult::name)
                .containsExactly("recipient", "throttle", "preference", "address", "template", "quiet hours");
        assertThat(result.gates().get(1).detail()).isEqualTo("0 of 1 today");
        assertThat(result.counted())
                .containsExactly(new CountedSend(
                        "acme",
                        "r/cust-001",
                        NOON,
                        Instant.parse("2026-03-01T00:00:00Z"),
                        Instant.parse("2026-03-02T00:00:00Z"),
                        command.trackingId()));
    }

    @Test
    void refuses_one_too_many_before_it_asks_for_preferences() {
        // When
        var result = gates.decide(
                throttled(command("ORDER_SHIPPED", SHIPPED), ONE_A_DAY), null, alice(Preferences.NONE), sentAt(NOON));

        // Then
        refusedAt(result, "throttle", THROTTLED);
        assertThat(result.refusal().detail()).isEqualTo("already sent today");
        assertThat(result.counted()).isEmpty();
    }

    @Test
    void what_is_refused_later_on_does_not_count() {
        // When
        var result = gates.decide(
                throttled(command("PRICE_DROP_ALERT", CHEAPER), ONE_A_DAY), null, alice(Preferences.NONE), NOTHING);

        // Then
        refusedAt(result, "preference", CATEGORY_OFF);
        assertThat(result.counted()).isEmpty();
    }

    @Test
    void a_day_begins_where_the_recipient_lives() {
        // Given
        var tonightInUtc = sentAt(Instant.parse("2026-02-28T23:30:00Z"));
        var inBerlin = recipient("alice@example.com", null, Map.of("timeZone", "Europe/Berlin"), Preferences.NONE);
        var nowhere = recipient("alice@example.com", null, Map.of("time_zone", "the moon"), Preferences.NONE);

        // When
        var sameDay =
                gates.decide(throttled(command("ORDER_SHIPPED", SHIPPED), ONE_A_DAY), null, inBerlin, tonightInUtc);
        var nextDay =
                gates.decide(throttled(command("ORDER_SHIPPED", SHIPPED), ONE_A_DAY), null, nowhere, tonightInUtc);

        // Then
        refusedAt(sameDay, "throttle", THROTTLED);
        assertThat(nextDay.sends()).isTrue();
    }

    @Test
    void what_is_mandatory_counts_and_is_never_throttled() {
        // Given
        var words = ScratchWords.mandatory();

        // When
        var result = new GateChain(
                        words.templates(), words.categories(), channels("sms"), OURSELVES, UTC, ENGLISH, NO_CAP)
                .decide(
                        throttled(command("SCRATCH", Map.of()), ONE_A_DAY),
                        null,
                        alice(Preferences.NONE),
                        sentAt(NOON));

        // Then
        assertThat(result.sends()).isTrue();
        assertThat(result.gates()).contains(GateResult.passed(Gate.THROTTLE, "mandatory"));
        assertThat(result.counted()).hasSize(1);
    }

    @Test
    void goes_to_ourselves_whoever_it_is_about_and_whatever_they_prefer() {
        // When
        var result = gates.decide(internal(command("PRICE_DROP_ALERT", CHEAPER)), null, null, NOTHING);

        // Then
        assertThat(result.sends()).isTrue();
        assertThat(result.gates())
                .startsWith(
                        GateResult.passed(Gate.RECIPIENT, "internal"), GateResult.passed(Gate.PREFERENCE, "internal"));
        assertThat(result.channels(Send.class))
                .extracting(Send::channel, Send::address)
                .containsExactly(tuple("email", "ops@example.com"));
        assertThat(result.channels(Send.class).get(0).content().text())
                .contains("Hi internal")
                .doesNotContain("Alice");
        assertThat(result.channels(Skip.class))
                .extracting(Skip::channel, Skip::reason)
                .containsExactly(tuple("sms", NO_ADDRESS));
    }

    @Test
    void says_which_setting_is_missing_for_ourselves() {
        // Given
        var unset = new GateChain(
                new Templates(categories),
                categories,
                channels("email", "sms"),
                new InternalRecipient(reachedAt(null)),
                UTC,
                ENGLISH,
                NO_CAP);

        // When
        var email = unset.decide(on(internal(command("ORDER_SHIPPED", SHIPPED)), "email"), null, null, NOTHING);
        var sms = gates.decide(on(internal(command("ORDER_SHIPPED", SHIPPED)), "sms"), null, null, NOTHING);

        // Then
        refusedAt(email, "recipient", NO_ADDRESS);
        assertThat(email.refusal().detail()).isEqualTo("carillon.internal.email is not set");
        refusedAt(sms, "recipient", NO_ADDRESS);
        assertThat(sms.refusal().detail()).isEqualTo("carillon.internal.phone is not set");
    }

    @Test
    void quiet_hours_hold_back_what_passed_every_other_gate() {
        // Given
        var asleep = Preferences.NONE.withQuietHours(NIGHT).withTimeZone("Asia/Tokyo"); // 21:00 there

        // When
        var result = gates.decide(command("ORDER_SHIPPED", SHIPPED), null, alice(asleep), NOTHING);

        // Then
        var morning = Instant.parse("2026-03-01T21:00:00Z");
        assertThat(result.sends()).isTrue();
        assertThat(result.hold()).isEqualTo(new HeldUntil(morning, Reason.QUIET_HOURS));
        assertThat(result.gates())
                .last()
                .isEqualTo(GateResult.refused(
                        Gate.QUIET_HOURS, Reason.QUIET_HOURS, "quiet until 2026-03-02T06:00 Asia/Tokyo"));
        assertThat(result.channels(Send.class)).hasSize(2);
    }

    @Test
    void what_expires_during_quiet_hours_is_looked_at_when_it_does() {
        // Given
        var asleep = Preferences.NONE.withQuietHours(NIGHT).withTimeZone("Asia/Tokyo");

        // When
        var result = gates.decide(
                expiring(command("ORDER_SHIPPED", SHIPPED), NOON.plusSeconds(60)), null, alice(asleep), NOTHING);

        // Then
        assertThat(result.hold()).isEqualTo(new HeldUntil(NOON.plusSeconds(60), Reason.QUIET_HOURS));
    }

    @Test
    void outside_quiet_hours_it_is_good_until_the_next_begin() {
        // Given
        var awake = Preferences.NONE.withQuietHours(NIGHT).withTimeZone("Europe/Berlin"); // 13:00 there

        // When
        var result = gates.decide(command("ORDER_SHIPPED", SHIPPED), null, alice(awake), NOTHING);

        // Then
        assertThat(result.hold()).isNull();
        assertThat(result.gates())
                .last()
                .isEqualTo(GateResult.passed(Gate.QUIET_HOURS, "not quiet now in Europe/Berlin"));
        assertThat(result.basis().goodUntil()).isEqualTo(Instant.parse("2026-03-01T19:00:00Z"));
    }

    @Test
    void quiet_hours_are_read_off_the_clock_of_the_preferences_then_of_the_customer_then_of_the_service() {
        // Given
        var wantsItSo = Preferences.NONE.withQuietHours(NIGHT);

        // When
        var customers = gates.decide(
                command("ORDER_SHIPPED", SHIPPED),
                null,
                recipient("alice@example.com", null, Map.of("time_zone", "Asia/Tokyo"), wantsItSo),
                NOTHING);
        var services = gates.decide(
                command("ORDER_SHIPPED", SHIPPED),
                null,
                recipient("alice@example.com", null, Map.of(), wantsItSo),
                NOTHING);

        // Then
        assertThat(customers.hold()).isNotNull();
        assertThat(services.gates()).last().isEqualTo(GateResult.passed(Gate.QUIET_HOURS, "not quiet now in UTC"));
    }

    @Test
    void what_is_mandatory_or_internal_goes_at_any_hour() {
        // Given
        var words = ScratchWords.mandatory();
        var asleep = Preferences.NONE.withQuietHours(NIGHT).withTimeZone("Asia/Tokyo");

        // When
        var mandatory = new GateChain(
                        words.templates(), words.categories(), channels("sms"), OURSELVES, UTC, ENGLISH, NO_CAP)
                .decide(command("SCRATCH", Map.of()), null, alice(asleep), NOTHING);
        var internal = gates.decide(internal(command("ORDER_SHIPPED", SHIPPED)), null, alice(asleep), NOTHING);

        // Then
        assertThat(mandatory.hold()).isNull();
        assertThat(mandatory.gates()).last().isEqualTo(GateResult.passed(Gate.QUIET_HOURS, "mandatory"));
        assertThat(internal.hold()).isNull();
    }

    private static Recent sentAt(Instant at) {
        return throttle -> List.of(new CountedSend("acme", ONE_A_DAY.key(), at, at, at, "01BEFORE"));
    }

    private static InternalSettings reachedAt(@Nullable String email) {
        return new InternalSettings() {
            @Override
            public Optional<String> email() {
                return Optional.ofNullable(email);
            }

            @Override
            public Optional<String> phone() {
                return Optional.empty();
            }
        };
    }

    private GateChain gates(Channels channels) {
        return new GateChain(new Templates(categories), categories, channels, OURSELVES, UTC, ENGLISH, NO_CAP);
    }

    /** Of the types and categories that come along, with mail and text messages. */
    static GateChain plain() {
        var categories = new Categories();
        return new GateChain(
                new Templates(categories), categories, channels("email", "sms"), OURSELVES, UTC, ENGLISH, NO_CAP);
    }

    private static void refusedAt(NotificationDecision result, String gate, Reason reason) {
        assertThat(result.sends()).isFalse();
        assertThat(result.refusal()).isEqualTo(result.gates().get(result.gates().size() - 1));
        assertThat(result.refusal().name()).isEqualTo(gate);
        assertThat(result.refusal().reason()).isEqualTo(reason);
        assertThat(result.channels(Send.class)).isEmpty();
    }

    private static NotificationCommand command(String type, Map<String, Object> context) {
        return Commands.command("acme", "cust-001", type, context);
    }

    private static Recipient alice(Preferences preferences) {
        return recipient("alice@example.com", "+12025550101", Map.of(), preferences);
    }

    private static Recipient recipient(
            @Nullable String email, @Nullable String phone, Map<String, Object> attributes, Preferences preferences) {
        return new Recipient("cust-001", "Alice Johnson", email, phone, "gold", attributes, 1, preferences);
    }

    private static Channels channels(String... names) {
        return new Channels(
                Arrays.stream(names).<Channel>map(SilentChannel::new).toList());
    }

    private record SilentInbox() implements Channel {

        @Override
        public String name() {
            return "inbox";
        }

        @Override
        public String provider() {
            return "silence";
        }

        @Override
        public boolean reachesByCustomerId() {
            return true;
        }

        @Override
        public Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
            throw new AssertionError("the gates sends nothing");
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
