package journeys;

import static org.assertj.core.api.Assertions.assertThat;

import generated.ApiException;
import generated.api.NotificationsApi;
import generated.model.Attempt;
import generated.model.Batch;
import generated.model.BatchItem;
import generated.model.Cancelled;
import generated.model.Notification;
import generated.model.NotificationRequest;
import generated.model.NotifyRequest;
import generated.model.Reason;
import generated.model.Status;
import generated.model.Submission;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Submitting, following, finding and cancelling. */
public class Notifications extends Caller {

    private final NotificationsApi notifications;

    public Notifications(URI service, String key) {
        super(service, key);
        notifications = new NotificationsApi(client);
    }

    public void a_caller_that_waits_reads_the_outcome_with_every_attempt() throws Exception {
        var customer = customer();
        var before = OffsetDateTime.now().minusMinutes(1);

        var answer = notifications.submitNotificationWithHttpInfo(shipped(customer).businessKey("order/" + customer + "/shipped")
                .priority(NotificationRequest.PriorityEnum.HIGH).channels(List.of("email")), UUID.randomUUID().toString(), "wait=30");

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getHeaders()).containsEntry("preference-applied", List.of("wait=30"));
        var told = answer.getData();
        assertThat(told.getStatus()).isEqualTo(Submission.StatusEnum.SENT);
        assertThat(told.getDoor()).isEqualTo(Submission.DoorEnum.API_DRIVEN);
        assertThat(told.getCategory()).isEqualTo("order_updates");
        assertThat(told.getReason()).isNull();
        assertThat(told.getCreatedAt()).isBetween(before, OffsetDateTime.now().plusMinutes(1));
        var delivery = told.getDeliveries().get(0);
        assertThat(told.getDeliveries()).hasSize(1);
        assertThat(delivery.getChannel()).isEqualTo("email");
        assertThat(delivery.getRecipient()).isEqualTo(customer + "@example.com");
        assertThat(delivery.getStatus()).isEqualTo(Status.SENT);
        assertThat(delivery.getAttempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.getNumber()).isEqualTo(1);
            assertThat(attempt.getProvider()).isEqualTo("mock");
            assertThat(attempt.getOutcome()).isEqualTo(Attempt.OutcomeEnum.SENT);
            assertThat(attempt.getFailure()).isNull();
            assertThat(attempt.getProviderMessageId()).isNotBlank();
            assertThat(attempt.getStartedAt()).isAfterOrEqualTo(told.getCreatedAt());
            assertThat(attempt.getEndedAt()).isAfterOrEqualTo(attempt.getStartedAt());
        });
        var found = notifications.getNotification(told.getTrackingId());
        assertThat(found.getStatus()).isEqualTo(Status.SENT);
        assertThat(found.getBusinessKey()).isEqualTo("order/" + customer + "/shipped");
        assertThat(found.getDeliveries()).isEqualTo(told.getDeliveries());
    }

    public void one_for_tomorrow_keeps_its_times_and_can_be_withdrawn() throws Exception {
        var customer = customer();
        var tomorrow = tomorrow();

        var answer = notifications.submitNotificationWithHttpInfo(shipped(customer).sendAt(tomorrow).expiresAt(tomorrow.plusHours(1))
                .correlationId("req-" + customer).locale("de-AT"), null, null);

        var taken = answer.getData();
        assertThat(answer.getStatusCode()).isEqualTo(202);
        assertThat(answer.getHeaders().get("location").get(0)).endsWith("/api/v1/notifications/" + taken.getTrackingId());
        assertThat(taken.getStatus()).isEqualTo(Submission.StatusEnum.ACCEPTED);
        assertThat(taken.getNotBefore()).isAtSameInstantAs(tomorrow);
        var held = notifications.getNotification(taken.getTrackingId());
        assertThat(held.getStatus()).isEqualTo(Status.DEFERRED);
        assertThat(held.getCorrelationId()).isEqualTo("req-" + customer);
        assertThat(held.getDeliveries()).isNotEmpty().allSatisfy(delivery -> assertThat(delivery.getNotBefore()).isAtSameInstantAs(tomorrow));

        var cancelled = notifications.cancelNotification(taken.getTrackingId());

        assertThat(cancelled.getResult()).isEqualTo(Cancelled.ResultEnum.CANCELLED);
        assertThat(cancelled.getStatus()).isEqualTo(Status.CANCELLED);
        assertThat(cancelled.getChannels()).isEqualTo(Map.of("email", Status.CANCELLED, "sms", Status.CANCELLED));
        assertThat(notifications.getNotification(taken.getTrackingId()).getReason()).isEqualTo(Reason.CANCELLED);
    }

    public void a_repeated_request_gets_the_first_answer_and_another_one_is_refused() throws Exception {
        var customer = customer();
        var key = UUID.randomUUID().toString();
        var first = notifications.submitNotificationWithHttpInfo(shipped(customer), key, null);

        var again = notifications.submitNotificationWithHttpInfo(shipped(customer), key, null);

        assertThat(first.getHeaders()).doesNotContainKey("idempotency-replayed");
        assertThat(again.getHeaders()).containsEntry("idempotency-replayed", List.of("true"));
        assertThat(again.getData()).isEqualTo(first.getData());
        var refused = problem(422, () -> notifications.submitNotification(shipped(customer).priority(NotificationRequest.PriorityEnum.LOW), key, null));
        assertThat(refused.getType().toString()).endsWith("/idempotency-key-reused");
    }

    public void a_batch_says_of_each_what_became_of_it() throws Exception {
        var customer = customer();
        var nobody = "nobody-" + UUID.randomUUID();

        var result = notifications.submitNotifications(new Batch().notifications(List.of(
                shipped(customer).businessKey("batch/" + customer), shipped(nobody), shipped(customer).businessKey("batch/" + customer))), null);

        assertThat(List.of(result.getAccepted(), result.getSuppressed(), result.getRejected())).containsExactly(1L, 1L, 1L);
        assertThat(result.getResults()).extracting(BatchItem::getIndex).containsExactly(0, 1, 2);
        var refused = result.getResults().get(1);
        assertThat(refused.getStatus()).isEqualTo(BatchItem.StatusEnum.REJECTED);
        assertThat(refused.getTrackingId()).isNull();
        assertThat(refused.getProblem().getStatus()).isEqualTo(404);
        assertThat(refused.getProblem().getErrors()).singleElement().satisfies(error -> assertThat(error.getPointer()).isEqualTo("/customerId"));
        assertThat(result.getResults()).filteredOn(item -> item.getStatus() == BatchItem.StatusEnum.SUPPRESSED).singleElement()
                .satisfies(item -> assertThat(item.getReason()).isEqualTo(Reason.DUPLICATE_BUSINESS_KEY));
    }

    public void a_list_is_read_page_by_page() throws Exception {
        var customer = customer();
        var submitted = new ArrayList<String>();
        for (int number = 0; number < 5; number++) {
            submitted.add(0, notifications.submitNotification(shipped(customer).sendAt(tomorrow()), null, null).getTrackingId());
        }

        var read = new ArrayList<String>();
        String after = null;
        do {
            var page = notifications.listNotifications(after, null, "sms", null, customer, OffsetDateTime.now().minusHours(1), 2, Status.DEFERRED,
                    OffsetDateTime.now().plusHours(1), "ORDER_SHIPPED");
            assertThat(page.getNotifications()).hasSizeLessThanOrEqualTo(2);
            page.getNotifications().stream().map(Notification::getTrackingId).forEach(read::add);
            after = page.getNext();
        } while (after != null);

        assertThat(read).isEqualTo(submitted);
        assertThat(notifications.listNotifications(null, null, null, null, customer, null, null, Status.DEAD_LETTERED, null, null).getNotifications()).isEmpty();
    }

    public void the_snake_case_door_takes_one_too() throws Exception {
        var customer = customer();

        var taken = notifications.notify(new NotifyRequest().notificationType("ORDER_SHIPPED").customerId(customer).context(Map.of("order_id", "ord-001")), null);

        assertThat(taken.getStatus()).isEqualTo("accepted");
        assertThat(notifications.getNotification(taken.getTrackingId()).getCustomerId()).isEqualTo(customer);
    }

    private static NotificationRequest shipped(String customer) throws ApiException {
        return new NotificationRequest().type("ORDER_SHIPPED").customerId(customer).context(Map.of("orderId", "ord-001", "carrier", "UPS"));
    }
}
