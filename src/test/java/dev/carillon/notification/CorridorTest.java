package dev.carillon.notification;

import static dev.carillon.notification.Commands.from;
import static dev.carillon.notification.Commands.keyed;
import static dev.carillon.notification.Commands.on;
import static dev.carillon.notification.Commands.origin;
import static dev.carillon.notification.tracking.Reason.CATEGORY_OFF;
import static dev.carillon.notification.tracking.Reason.DUPLICATE_BUSINESS_KEY;
import static dev.carillon.notification.tracking.Reason.NO_ADDRESS;
import static dev.carillon.notification.tracking.Reason.NO_PROVIDER;
import static dev.carillon.notification.tracking.Reason.TEMPLATE_MISSING;
import static dev.carillon.notification.tracking.Reason.UNKNOWN_RECIPIENT;
import static dev.carillon.notification.tracking.Reason.UNSUBSCRIBED;
import static dev.carillon.notification.tracking.Reason.VARIABLE_MISSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Channels;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.notification.Passage.ChannelFate;
import dev.carillon.notification.Passage.ChannelFate.Ring;
import dev.carillon.notification.Passage.ChannelFate.Skip;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.ScratchWords;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Origin;
import dev.carillon.notification.tracking.Reason;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CorridorTest {

    private static final Map<String, Object> SHIPPED = Map.of("orderId", "ord-001");
    private static final Map<String, Object> CHEAPER = Map.of("productName", "Router", "oldPrice", 149.99, "newPrice", 119.99);

    private final Categories categories = new Categories();
    private final Corridor corridor = new Corridor(new Templates(categories), categories, channels("email", "sms"));

    @Test
    void walks_the_gates_in_order_and_rings_every_channel() {
        // When
        var passage = corridor.walk(keyed(command("ORDER_SHIPPED", SHIPPED), "order/ord-001/shipped"), null, alice(Preferences.NONE));

        // Then
        assertThat(passage.rings()).isTrue();
        assertThat(passage.category()).isEqualTo("order_updates");
        assertThat(passage.gates()).extracting(Gate::name).containsExactly("once", "recipient", "preference", "address", "template");
        assertThat(passage.gates()).allMatch(Gate::passed);
        assertThat(passage.fates(Ring.class)).extracting(Ring::channel).containsExactly("email", "sms");
        assertThat(passage.fates(Ring.class)).extracting(Ring::address).containsExactly("alice@example.com", "+1-555-0101");
        assertThat(passage.fates(Ring.class).get(1).content().text()).contains("ord-001");
    }

    @Test
    void keeps_the_gates_that_were_passed_before_the_corridor() {
        // Given
        var origin = new Origin("event-sourced", "evt-1", "order-shipped", "1", List.of(Gate.passed("when", "held")), null, 1L);

        // When
        var passage = corridor.walk(from(command("ORDER_SHIPPED", SHIPPED), origin), null, alice(Preferences.NONE));

        // Then
        assertThat(passage.gates()).extracting(Gate::name).containsExactly("when", "recipient", "preference", "address", "template");
    }

    @Test
    void rings_the_one_channel_that_is_left_and_says_why_the_other_is_skipped() {
        // Given
        var noSms = new Preferences(Map.of(), Map.of("sms", false), Map.of(), 3);

        // When
        var passage = corridor.walk(command("ORDER_SHIPPED", SHIPPED), null, alice(noSms));

        // Then
        assertThat(passage.rings()).isTrue();
        assertThat(passage.gates()).allMatch(Gate::passed);
        assertThat(passage.fates(Ring.class)).extracting(Ring::channel).containsExactly("email");
        assertThat(passage.fates(Skip.class)).extracting(Skip::channel, Skip::reason).containsExactly(tuple("sms", UNSUBSCRIBED));
    }

    @Test
    void ends_at_the_gate_that_takes_the_last_channel_with_that_gates_reason() {
        // Given
        var onlyEmail = new Preferences(Map.of(), Map.of("sms", false), Map.of(), 3);

        // When
        var passage = corridor.walk(command("ORDER_SHIPPED", SHIPPED), null, recipient(null, "+1-555-0101", Map.of(), onlyEmail));

        // Then
        refusedAt(passage, "address", NO_ADDRESS);
        assertThat(passage.gates()).extracting(Gate::name).containsExactly("recipient", "preference", "address");
        assertThat(passage.channels()).extracting(ChannelFate::channel).containsExactlyInAnyOrder("sms", "email");
        assertThat(passage.fates(Skip.class)).extracting(Skip::reason).containsExactlyInAnyOrder(UNSUBSCRIBED, NO_ADDRESS);
    }

    @Test
    void tells_nobody_a_fact_that_was_told() {
        // When
        var passage = corridor.walk(keyed(command("ORDER_SHIPPED", SHIPPED), "order/ord-001/shipped"), "01EARLIER", alice(Preferences.NONE));

        // Then
        refusedAt(passage, "once", DUPLICATE_BUSINESS_KEY);
        assertThat(passage.duplicateOf()).isEqualTo("01EARLIER");
        assertThat(passage.channels()).isEmpty();
    }

    @Test
    void does_not_know_everybody() {
        // When
        var event = corridor.walk(from(command("ORDER_SHIPPED", SHIPPED), origin(Door.EVENT_SOURCED)), null, null);
        var call = corridor.walk(command("ORDER_SHIPPED", SHIPPED), null, null);

        // Then
        refusedAt(event, "recipient", UNKNOWN_RECIPIENT);
        refusedAt(call, "recipient", UNKNOWN_RECIPIENT);
        assertThat(event.unrecorded()).isFalse();
        assertThat(call.unrecorded()).isTrue();
    }

    @Test
    void asks_the_preferences() {
        // When
        var passage = corridor.walk(command("PRICE_DROP_ALERT", CHEAPER), null, alice(Preferences.NONE));

        // Then
        refusedAt(passage, "preference", CATEGORY_OFF);
        assertThat(passage.fates(Skip.class)).hasSize(2);
    }

    @Test
    void takes_a_blank_address_for_none() {
        // When
        var passage = corridor.walk(command("ORDER_SHIPPED", SHIPPED), null, recipient("  ", "", Map.of(), Preferences.NONE));

        // Then
        refusedAt(passage, "address", NO_ADDRESS);
    }

    @Test
    void enqueues_nothing_for_a_channel_that_nothing_sends_on() {
        // Given
        var onlySms = new Corridor(new Templates(categories), categories, channels("sms"));

        // When
        var passage = onlySms.walk(command("ORDER_SHIPPED", SHIPPED), null, alice(Preferences.NONE));

        // Then
        assertThat(passage.fates(Ring.class)).extracting(Ring::channel).containsExactly("sms");
        assertThat(passage.fates(Skip.class)).extracting(Skip::reason).containsExactly(NO_PROVIDER);
    }

    @Test
    void rings_a_channel_once_however_often_it_is_named() {
        // When
        var passage = corridor.walk(on(command("ORDER_SHIPPED", SHIPPED), "sms", "sms", "email", "sms"), null, alice(Preferences.NONE));

        // Then
        assertThat(passage.fates(Ring.class)).extracting(Ring::channel).containsExactly("sms", "email");
    }

    @Test
    void has_no_words_for_an_unknown_type_or_a_channel_without_a_template() {
        // Given
        var wantsPush = new Preferences(Map.of(), Map.of("push", true), Map.of(), 1);
        var withPush = new Corridor(new Templates(categories), categories, channels("push"));

        // When
        var unknown = corridor.walk(command("NO_SUCH_TYPE", SHIPPED), null, alice(Preferences.NONE));
        var push = withPush.walk(on(command("ORDER_SHIPPED", SHIPPED), "push"), null, recipient(null, null, Map.of("push", "token"), wantsPush));

        // Then
        refusedAt(unknown, "template", TEMPLATE_MISSING);
        refusedAt(push, "template", TEMPLATE_MISSING);
    }

    @Test
    void names_a_variable_that_is_missing() {
        // When
        var passage = corridor.walk(command("ORDER_SHIPPED", Map.of()), null, alice(Preferences.NONE));

        // Then
        refusedAt(passage, "template", VARIABLE_MISSING);
        assertThat(passage.refusal().detail()).contains("orderId");
    }

    @Test
    void sends_a_mandatory_type_whatever_the_customer_prefers() {
        // Given
        var words = ScratchWords.mandatory();
        var nothing = new Preferences(Map.of("news", Map.of("sms", false)), Map.of("sms", false), Map.of("news", false), 1);

        // When
        var passage = new Corridor(words.templates(), words.categories(), channels("sms"))
                .walk(command("SCRATCH", Map.of()), null, alice(nothing));

        // Then
        assertThat(passage.rings()).isTrue();
        assertThat(passage.gates()).anySatisfy(gate -> assertThat(gate.detail()).isEqualTo("sms on by mandatory"));
    }

    private static void refusedAt(Passage passage, String gate, Reason reason) {
        assertThat(passage.rings()).isFalse();
        assertThat(passage.refusal()).isEqualTo(passage.gates().get(passage.gates().size() - 1));
        assertThat(passage.refusal().name()).isEqualTo(gate);
        assertThat(passage.refusal().reason()).isEqualTo(reason);
        assertThat(passage.fates(Ring.class)).isEmpty();
    }

    private static NotificationCommand command(String type, Map<String, Object> context) {
        return Commands.command("acme", "cust-001", type, context);
    }

    private static Recipient alice(Preferences preferences) {
        return recipient("alice@example.com", "+1-555-0101", Map.of(), preferences);
    }

    private static Recipient recipient(@Nullable String email, @Nullable String phone, Map<String, Object> attributes, Preferences preferences) {
        return new Recipient("cust-001", "Alice Johnson", email, phone, "gold", attributes, 1, preferences);
    }

    private static Channels channels(String... names) {
        return new Channels(Arrays.stream(names).<Channel>map(SilentChannel::new).toList());
    }

    private record SilentChannel(String name) implements Channel {

        @Override
        public String provider() {
            return "none";
        }

        @Override
        public Uni<DeliveryOutcome> send(LeasedParcel parcel) {
            return Uni.createFrom().failure(new AssertionError("the corridor sends nothing"));
        }
    }
}
