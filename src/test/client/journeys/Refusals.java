package journeys;

import static org.assertj.core.api.Assertions.assertThat;

import generated.api.NotificationsApi;
import generated.api.StatisticsApi;
import generated.model.FieldError;
import generated.model.NotificationRequest;
import java.net.URI;
import java.util.Map;

/** Every refusal is a problem that the client's own type reads. */
public class Refusals extends Caller {

    private final NotificationsApi notifications;

    public Refusals(URI service, String key) {
        super(service, key);
        notifications = new NotificationsApi(client);
    }

    public void what_is_wrong_is_named_by_its_pointer() throws Exception {
        var customer = customer();

        var refused = problem(422, () -> notifications.submitNotification(new NotificationRequest().type("ORDER_SHIPPED").customerId(customer)
                .context(Map.of("carrier", 7)), null, null));

        assertThat(refused.getType().toString()).endsWith("/validation");
        assertThat(refused.getInstance()).isEqualTo("/api/v1/notifications");
        assertThat(refused.getErrors()).extracting(FieldError::getPointer).containsExactlyInAnyOrder("/context/orderId", "/context/carrier");
        assertThat(refused.getErrors()).extracting(FieldError::getDetail).contains("is required");
    }

    public void an_unknown_type_and_an_unknown_customer_have_problems_of_their_own() throws Exception {
        var customer = customer();

        assertThat(problem(422, () -> notifications.submitNotification(new NotificationRequest().type("NOPE").customerId(customer), null, null)).getType().toString())
                .endsWith("/unknown-type");
        assertThat(problem(404, () -> notifications.submitNotification(new NotificationRequest().type("ORDER_SHIPPED").customerId("nobody at all").context(Map.of("orderId", "ord-001")), null, null)).getErrors())
                .singleElement().satisfies(error -> assertThat(error.getPointer()).isEqualTo("/customerId"));
        problem(404, () -> notifications.getNotification("01KAJ3W4S8M2Q9V7T5R1N3X0ZC"));
    }

    public void a_parameter_out_of_range_is_named() throws Exception {
        assertThat(problem(422, () -> notifications.listNotifications(null, null, null, null, null, null, 1000, null, null, null)).getErrors())
                .singleElement().satisfies(error -> assertThat(error.getPointer()).isEqualTo("/limit"));
        assertThat(problem(422, () -> new StatisticsApi(client).getStatistics("week", null, null, null)).getErrors())
                .singleElement().satisfies(error -> assertThat(error.getPointer()).isEqualTo("/bucket"));
    }

    public void a_key_that_is_none_opens_nothing() throws Exception {
        var stranger = new NotificationsApi(with("not-a-key-of-ours"));

        assertThat(problem(401, () -> stranger.getNotification("01KAJ3W4S8M2Q9V7T5R1N3X0ZC")).getType().toString()).endsWith("/unauthenticated");
    }
}
