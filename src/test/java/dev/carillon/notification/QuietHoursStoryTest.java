package dev.carillon.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.eventsourced.reaction.OwnDatabase;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.DecisionView;
import dev.carillon.notification.tracking.Decisions;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nights, told by a clock that only the test moves. Each test begins at 20:00 UTC; the customer's night is from 22:00 to 07:00. */
@QuarkusTest
@TestProfile(OwnDatabase.class)
class QuietHoursStoryTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String NIGHT = "\"quietHours\": [{\"start\": \"22:00\", \"end\": \"07:00\"}]";

    /** Journal time does not go back, so every test has a day of its own. */
    private static Instant evening =
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(44));

    @Inject
    SettableClock clock;

    @Inject
    NotificationIntake intake;

    @Inject
    TestPipeline pipeline;

    @Inject
    Tracking tracking;

    @Inject
    Decisions decisions;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    private SettableClock.Bent bent;
    private String customer;

    @BeforeEach
    void somebodyWhoSleepsAtNight() {
        bent = clock.stopAt(evening);
        customer = ids.next();
        json("{\"name\": \"Nina\", \"email\": \"nina@example.com\"}")
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(201);
        prefers(NIGHT);
    }

    @AfterEach
    void anotherDay() {
        evening = evening.plus(Duration.ofDays(3));
        bent.close();
    }

    @Test
    void what_comes_at_night_through_the_api_waits_for_the_morning() {
        // Given
        at("23:00");
        var id = submit();
        assertThat(view(id).status()).isEqualTo(Status.DEFERRED);
        assertThat(view(id).reason()).isEqualTo(Reason.QUIET_HOURS);
        assertThat(delivery(id).notBefore()).isEqualTo(time("07:00"));

        // When
        at("06:59:59");
        look();
        assertThat(view(id).status()).isEqualTo(Status.DEFERRED);
        at("07:00");
        look();

        // Then
        awaitStatus(id, Status.SENT);
        assertThat(view(id).reason()).isNull();
        assertThat(delivery(id).attempts()).hasSize(1);
    }

    @Test
    void what_comes_at_night_through_an_event_waits_for_the_morning_and_says_so() {
        // Given
        at("23:00");
        var event = ids.next();
        json("{\"event_id\": \"%s\", \"user_id\": \"%s\", \"event_type\": \"signup_completed\", \"event_timestamp\": \"%s\", \"properties\": {}, \"user_traits\": {\"marketing_opt_in\": true}}"
                        .formatted(event, customer, clock.instant()))
                .post("/api/v1/events")
                .then()
                .statusCode(202);
        var id = Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> tracking.newest("default", customer, 1).await().atMost(DEADLINE), told -> !told.isEmpty())
                .get(0)
                .trackingId();
        assertThat(view(id).status()).isEqualTo(Status.DEFERRED);
        given().queryParam("eventId", event)
                .queryParam("customerId", customer)
                .get("/api/v1/explanations")
                .then()
                .statusCode(200)
                .body("rules.find { it.ruleId == 'welcome-email' }.verdict", equalTo("waiting"))
                .body("rules.find { it.ruleId == 'welcome-email' }.reason", equalTo("QUIET_HOURS"))
                .body("rules.find { it.ruleId == 'welcome-email' }.gates[-1].name", equalTo("quiet hours"));

        // When
        at("07:00");
        look();
        awaitStatus(id, Status.SENT);

        // Then
        assertThat(ofEvent(event)).extracting(DecisionView::verdict).containsExactly("defer", "notify");
        assertThat(ofEvent(event)).extracting(DecisionView::notificationId).containsExactly(id, id);
        given().queryParam("eventId", event)
                .queryParam("customerId", customer)
                .get("/api/v1/explanations")
                .then()
                .body("rules.find { it.ruleId == 'welcome-email' }.verdict", equalTo("told"));
    }

    @Test
    void who_opts_out_before_the_morning_is_not_told() {
        // Given
        at("23:00");
        var id = submit();

        // When
        prefers("\"channels\": {\"email\": false}, " + NIGHT);
        look();

        // Then
        assertThat(view(id).status()).isEqualTo(Status.SUPPRESSED);
        assertThat(view(id).reason()).isEqualTo(Reason.UNSUBSCRIBED);
        at("07:00");
        look();
        assertThat(delivery(id).attempts()).isEmpty();
    }

    @Test
    void who_moves_is_told_when_it_is_morning_there() {
        // Given
        at("23:00");
        var id = submit();

        // When
        prefers("\"timeZone\": \"America/New_York\", " + NIGHT); // where it is afternoon
        look();

        // Then
        awaitStatus(id, Status.SENT);
    }

    @Test
    void who_moves_west_at_dawn_is_told_later() {
        // Given
        at("23:00");
        var id = submit();
        at("06:30");

        // When
        json("{\"name\": \"Nina\", \"email\": \"nina@new.example.com\"}")
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(200);
        prefers("\"timeZone\": \"Atlantic/Azores\", " + NIGHT);
        look();

        // Then
        assertThat(view(id).status()).isEqualTo(Status.DEFERRED);
        assertThat(delivery(id).notBefore()).isAfter(time("07:00"));
        at("09:00");
        look();
        awaitStatus(id, Status.SENT);
        assertThat(delivery(id).recipient()).as("where she is reached now").isEqualTo("nina@new.example.com");
    }

    @Test
    void what_is_of_no_use_in_the_morning_expires() {
        // Given
        at("23:00");
        var id = commanded(clock.instant().plus(Duration.ofHours(2)));

        // When
        at("01:00");
        look();

        // Then
        assertThat(view(id).status()).isEqualTo(Status.EXPIRED);
        assertThat(view(id).reason()).isEqualTo(Reason.EXPIRED);
        assertThat(delivery(id).attempts()).isEmpty();
    }

    @Test
    void outside_quiet_hours_it_goes_at_once() {
        // When
        at("21:59");
        var id = submit();

        // Then
        awaitStatus(id, Status.SENT);
    }

    @Test
    void the_answer_says_until_when() {
        // When
        at("23:00");

        // Then
        json(body())
                .post("/api/v1/notifications")
                .then()
                .statusCode(202)
                .body("status", equalTo("accepted"))
                .body("reason", nullValue())
                .body("notBefore", equalTo(time("07:00").toString()));
    }

    @Test
    void what_was_decided_in_the_evening_and_is_still_there_at_night_waits_as_well() {
        // Given
        at("23:00");
        var id = commanded(null, time("21:30"));

        // When
        Awaitility.await().atMost(DEADLINE).pollDelay(Duration.ZERO).until(() -> {
            look();
            return view(id).status() == Status.DEFERRED;
        });

        // Then
        at("07:00");
        look();
        awaitStatus(id, Status.SENT);
    }

    @Test
    void windows_that_make_no_sense_are_refused_by_name() {
        refused("\"quietHours\": [{\"start\": \"25:00\", \"end\": \"07:00\"}]", "/quietHours/0/start");
        refused("\"quietHours\": [{\"start\": \"22:00\"}]", "/quietHours/0/end");
        refused(
                "\"quietHours\": [{\"start\": \"00:00\", \"end\": \"12:00\"}, {\"start\": \"12:00\", \"end\": \"00:00\"}]",
                "/quietHours");
        refused("\"timeZone\": \"Mars/Olympus\"", "/timeZone");
    }

    private void refused(String preferences, String pointer) {
        json("{" + preferences + "}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo(pointer));
    }

    /** The first such time of this test's night. */
    private static Instant time(String hour) {
        var at = evening.truncatedTo(ChronoUnit.DAYS).plus(Duration.between(LocalTime.MIN, LocalTime.parse(hour)));
        return at.isBefore(evening) ? at.plus(Duration.ofDays(1)) : at;
    }

    private void at(String hour) {
        clock.advance(Duration.between(clock.instant(), time(hour)));
    }

    private void look() {
        pipeline.evaluateHeld();
    }

    private void prefers(String preferences) {
        json("{" + preferences + "}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(oneOf(200, 201));
    }

    private String submit() {
        return json(body())
                .post("/api/v1/notifications")
                .then()
                .statusCode(202)
                .extract()
                .path("trackingId");
    }

    private String body() {
        return "{\"type\": \"WELCOME_EMAIL\", \"customerId\": \"%s\", \"context\": {}}".formatted(customer);
    }

    private String commanded(@Nullable Instant expiresAt) {
        return commanded(expiresAt, clock.instant());
    }

    private String commanded(@Nullable Instant expiresAt, Instant decidedAt) {
        var command = Commands.decided(
                Commands.expiring(Commands.command("default", customer, "WELCOME_EMAIL", Map.of()), expiresAt),
                decidedAt);
        intake.submit(command).await().atMost(DEADLINE);
        return command.trackingId();
    }

    private NotificationView view(String id) {
        return tracking.find("default", id).await().atMost(DEADLINE).orElseThrow();
    }

    private NotificationView.DeliveryView delivery(String id) {
        return view(id).deliveries().get(0);
    }

    private void awaitStatus(String id, Status status) {
        Awaitility.await().atMost(DEADLINE).until(() -> view(id).status(), status::equals);
    }

    private List<DecisionView> ofEvent(String event) {
        var eventRef = new EventRef(
                event, given().get("/api/v1/events/" + event).jsonPath().getLong("position"));
        return transactions
                .inTransaction(tx -> decisions.ofCustomer(tx, "default", eventRef, customer, List.of("welcome-email")))
                .await()
                .atMost(DEADLINE);
    }

    private static RequestSpecification json(String body) {
        return given().contentType(ContentType.JSON).body(body);
    }
}
