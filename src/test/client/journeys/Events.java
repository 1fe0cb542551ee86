package journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import generated.api.EventTypesApi;
import generated.api.EventsApi;
import generated.api.NotificationsApi;
import generated.api.RulesApi;
import generated.model.EventLine;
import generated.model.NewEvent;
import generated.model.NewEvents;
import generated.model.Notification;
import generated.model.RuleOrigin;
import generated.model.RuleChangeKind;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Door 1: saying what happened, and reading what it led to. */
public class Events extends Caller {

    private final EventsApi events;

    public Events(URI service, String key) {
        super(service, key);
        events = new EventsApi(client);
    }

    public void an_event_is_published_and_followed_to_what_it_led_to() throws Exception {
        var customer = customer();
        var happened = OffsetDateTime.now().minusMinutes(5).truncatedTo(ChronoUnit.MILLIS);
        var id = "evt-" + UUID.randomUUID();
        var good = new NewEvent().eventId(id).userId(customer).eventType("ordering.order-status-changed").eventTimestamp(happened)
                .properties(Map.of("orderId", "ord-" + customer, "customerId", customer, "newStatus", "SHIPPED"));
        var bad = new NewEvent().userId(customer).eventType("ordering.order-status-changed").eventTimestamp(happened).properties(Map.of("orderId", "ord-001", "customerId", customer));

        var taken = events.publishEvents(new NewEvents(List.of(good, bad, good)), UUID.randomUUID().toString());

        assertThat(List.of(taken.getAccepted(), taken.getDuplicates())).containsExactly(1, 1);
        assertThat(taken.getRejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.getIndex()).isEqualTo(1);
            assertThat(rejected.getProblem().getErrors().get(0).getPointer()).isEqualTo("/properties/newStatus");
        });
        await().until(() -> events.getEvent(id, null, null, null).getAnswered());
        var event = events.getEvent(id, null, 10, null);
        assertThat(event.getSubject()).isEqualTo(customer);
        assertThat(event.getOccurredAt()).isAtSameInstantAs(happened);
        assertThat(event.getRecordedAt()).isAfter(event.getOccurredAt());
        assertThat(event.getData()).isInstanceOfSatisfying(Map.class, data -> assertThat(data.get("newStatus")).isEqualTo("SHIPPED"));
        assertThat(event.getDecisions()).anySatisfy(decision -> assertThat(decision.getRuleId()).isEqualTo("order-shipped"));
        assertThat(events.listEvents(null, null, 10, customer, null, null).getEvents()).extracting(EventLine::getId).containsExactly(id);
        assertThat(events.explainEvent(customer, id, null).getRules()).anySatisfy(rule -> {
            assertThat(rule.getRuleId()).isEqualTo("order-shipped");
            assertThat(rule.getReason()).isNull();
            assertThat(rule.getNotificationId()).isNotBlank();
        });
        var told = new NotificationsApi(client).listNotifications(null, "order/ord-" + customer + "/shipped", null, null, null, null, null, null, null, null);
        assertThat(told.getNotifications()).singleElement().satisfies(notification -> {
            assertThat(notification.getDoor()).isEqualTo(Notification.DoorEnum.EVENT_SOURCED);
            assertThat(notification.getEventId()).isEqualTo(id);
        });
        assertThat(events.getAudit(customer, 10).getRecentEvents()).hasSize(1);
    }

    public void one_event_comes_without_an_array() throws Exception {
        var customer = customer();
        var event = new NewEvent().eventId("evt-" + UUID.randomUUID()).userId(customer).eventType("shop.visited").eventTimestamp(OffsetDateTime.now());

        var taken = events.publishEvents(new NewEvents(event), null);

        assertThat(List.of(taken.getAccepted(), taken.getDuplicates())).containsExactly(1, 0);
        assertThat(events.publishEvents(new NewEvents(event), null).getDuplicates()).isEqualTo(1);
    }

    public void event_types_say_what_facts_look_like() throws Exception {
        var types = new EventTypesApi(client);

        assertThat(types.listEventTypes()).anySatisfy(type -> {
            assertThat(type.getType()).isEqualTo("ordering.order-status-changed");
            assertThat(type.getAboutCustomer()).isTrue();
        });
        assertThat(types.getEventTypeSchema("ordering.order-status-changed")).isInstanceOfSatisfying(Map.class,
                schema -> assertThat(schema.get("required")).isEqualTo(List.of("orderId", "customerId", "newStatus")));
    }

    public void a_rule_is_put_switched_off_and_deleted() throws Exception {
        var rules = new RulesApi(client);
        var id = "r-" + UUID.randomUUID();
        var yaml = """
                id: %s
                description: Tells nobody but clients.
                on: ordering.order-status-changed
                when: event.data.newStatus == 'NEVER'
                notify: { type: ORDER_SHIPPED, category: order_updates }
                """.formatted(id);
        assertThat(rules.validateRule(yaml).getId()).isEqualTo(id);

        var put = rules.putRule(id, yaml, null, null);

        assertThat(put.getOrigin()).isEqualTo(RuleOrigin.API);
        assertThat(put.getOn()).containsExactly("ordering.order-status-changed");
        assertThat(rules.getRule(id, null).getYaml()).isEqualTo(yaml);
        assertThat(rules.disableRule(id, null, '"' + put.getVersion() + '"', null).getEnabled()).isFalse();
        assertThat(rules.getRuleHistory(id, null)).extracting(change -> change.getChange()).containsExactly(RuleChangeKind.DISABLED, RuleChangeKind.PUT);
        assertThat(rules.listRules()).anySatisfy(rule -> assertThat(rule.getId()).isEqualTo(id));
        rules.deleteRule(id, null, null);
        assertThat(rules.getRuleSchema()).isInstanceOf(Map.class);
    }
}
