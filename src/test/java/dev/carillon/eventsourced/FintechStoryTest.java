package dev.carillon.eventsourced;

import static dev.carillon.testing.PostedEvent.event;
import static dev.carillon.testing.PostedEvent.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.id.Ids;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of a bank's walk-through, as its senders make them. */
@QuarkusTest
class FintechStoryTest {

    private static final String EMAIL = "{\"email\": \"maria@example.com\"}";
    private static final String OPTED_IN = "{\"email\": \"maria@example.com\", \"marketing_opt_in\": true}";
    private static final String WITH_PHONE = "{\"email\": \"maria@example.com\", \"phone\": \"+34600000000\"}";
    private static final String NO_MONEY =
            "{\"amount\": 1425.00, \"attempt_number\": %d, \"failure_reason\": \"INSUFFICIENT_FUNDS\"}";

    @Inject
    Tracking tracking;

    @Inject
    Ids ids;

    private String user;

    @BeforeEach
    void somebodyNew() {
        user = "u_" + ids.next();
    }

    @Test
    void who_signs_up_and_wants_to_hear_from_us_is_welcomed_once() {
        // When
        heard("signup_completed", "19:00:00", "{\"signup_method\": \"email\"}", OPTED_IN);
        heard("signup_completed", "19:05:00", "{\"signup_method\": \"email\"}", OPTED_IN);

        // Then
        awaitNotifications(2);
        assertThat(notifications())
                .extracting(NotificationView::type, NotificationView::status, NotificationView::reason)
                .containsExactly(
                        tuple("WELCOME_EMAIL", Status.SENT, null),
                        tuple("WELCOME_EMAIL", Status.SUPPRESSED, Reason.DUPLICATE_BUSINESS_KEY));
    }

    @Test
    void a_bank_linked_within_a_day_of_signing_up_is_answered_even_if_that_is_heard_later() {
        // When
        heard("link_bank_success", "19:10:45", "{\"bank_name\": \"Santander\"}", WITH_PHONE);
        heard("signup_completed", "19:00:00", "{}", EMAIL);

        // Then
        awaitNotifications(1);
        assertThat(notifications().get(0).type()).isEqualTo("BANK_LINK_NUDGE_SMS");
        assertThat(notifications().get(0).deliveries().get(0).body()).startsWith("Your Santander account is linked.");
    }

    @Test
    void want_of_money_is_told_of_once_a_day_and_the_third_time_to_ourselves() {
        // When
        heard("payment_failed", "19:30:00", NO_MONEY.formatted(1), EMAIL);
        heard("payment_failed", "19:30:00", NO_MONEY.formatted(3), EMAIL);

        // Then
        awaitNotifications(3);
        assertThat(notifications())
                .filteredOn(one -> one.type().equals("INSUFFICIENT_FUNDS_EMAIL"))
                .extracting(NotificationView::status, NotificationView::detail)
                .containsExactly(tuple(Status.SENT, null), tuple(Status.SUPPRESSED, "already sent today"));
        assertThat(notifications())
                .filteredOn(one -> one.type().equals("HIGH_RISK_ALERT"))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.customerId()).isEqualTo(user);
                    assertThat(alert.deliveries())
                            .extracting(NotificationView.DeliveryView::recipient)
                            .containsExactly("alerts@carillon.invalid");
                });
    }

    /** As it is printed: the customer is the one of data/said_elsewhere.json, and every test of this database shares them. */
    @Test
    void the_walk_through_shows_what_its_page_says_it_shows() {
        // When
        post("""
                [{
                    "user_id": "u_12345",
                    "event_type": "signup_completed",
                    "event_timestamp": "2025-10-31T19:00:00Z",
                    "properties": {"signup_method": "email"},
                    "user_traits": {"email": "maria@example.com", "marketing_opt_in": true}
                  }]""").statusCode(202);
        post("""
                [{
                    "user_id": "u_12345",
                    "event_type": "link_bank_success",
                    "event_timestamp": "2025-10-31T19:10:45Z",
                    "properties": {"bank_name": "Santander"},
                    "user_traits": {"email": "maria@example.com"}
                  }]""").statusCode(202);
        for (var twice = 0; twice < 2; twice++) {
            post("""
                    [{
                        "user_id": "u_12345",
                        "event_type": "payment_failed",
                        "event_timestamp": "2025-10-31T19:30:00Z",
                        "properties": {"amount": 1425.00, "attempt_number": 1, "failure_reason": "INSUFFICIENT_FUNDS"},
                        "user_traits": {"email": "maria@example.com"}
                      }]""").statusCode(202);
        }
        post("""
                [{
                    "user_id": "u_12345",
                    "event_type": "payment_failed",
                    "event_timestamp": "2025-10-31T19:30:00Z",
                    "properties": {"amount": 1425.00, "attempt_number": 3, "failure_reason": "INSUFFICIENT_FUNDS"},
                    "user_traits": {"email": "maria@example.com"}
                  }]""").statusCode(202);

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().queryParam("limit", 500)
                        .get("/audit/u_12345")
                        .then()
                        .statusCode(200)
                        .body(
                                "notification_history.findAll { it.status == 'sent' }.notification_type",
                                hasItems(
                                        "WELCOME_EMAIL",
                                        "BANK_LINK_NUDGE_SMS",
                                        "INSUFFICIENT_FUNDS_EMAIL",
                                        "HIGH_RISK_ALERT"))
                        .body(
                                "notification_history.findAll { it.status == 'sent' && it.notification_type == 'BANK_LINK_NUDGE_SMS' }.trigger_event",
                                contains("link_bank_success"))
                        .body(
                                "notification_history.find { it.status == 'suppressed' && it.notification_type == 'INSUFFICIENT_FUNDS_EMAIL' }.suppression_reason",
                                equalTo("skipped INSUFFICIENT_FUNDS_EMAIL: already sent today")));
    }

    private void awaitNotifications(int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(notifications())
                        .hasSize(count)
                        .allMatch(one -> one.status() == Status.SENT || one.status() == Status.SUPPRESSED));
    }

    private List<NotificationView> notifications() {
        return tracking.all("default").await().indefinitely().stream()
                .filter(one -> one.customerId().equals(user))
                .toList();
    }

    private void heard(String type, String time, String data, String traits) {
        event(user, type)
                .at("2025-10-31T" + time + "Z")
                .data(data)
                .traits(traits)
                .publish();
    }
}
