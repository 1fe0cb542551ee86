package dev.carillon.notification;

import static dev.carillon.testing.PostedEvent.event;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Waits;
import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.delivery.outbox.Attempt;
import dev.carillon.delivery.outbox.Outbox;
import dev.carillon.eventsourced.reaction.OwnDatabase;
import dev.carillon.notification.preference.Suppression.Cause;
import dev.carillon.notification.suppression.SuppressionChange;
import dev.carillon.notification.suppression.Suppressions;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.notification.unsubscribe.UnsubscribeTarget;
import dev.carillon.notification.unsubscribe.Unsubscribing;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a customer says, or somebody says of their address, while a message for them waits. Told by a clock that only the test moves. */
@QuarkusTest
@TestProfile(OwnDatabase.class)
class WaitingStoryTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** Journal time does not go back, so every test has a day of its own; noon, for quiet hours are from 11 to 15. */
    private static Instant noon =
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(24 * 33 + 12));

    /** Why it is not sent yet, and how long that lasts. */
    enum Waiting {
        SHORT_RETRY(Duration.ofSeconds(8)),
        PROVIDER_ASKED_TO_WAIT(Duration.ofHours(1)),
        OPEN_CIRCUIT(Duration.ofSeconds(15)),
        SENDER_DIED(Duration.ofSeconds(31)),
        SCHEDULED(Duration.ofHours(2));

        final Duration pause;

        Waiting(Duration pause) {
            this.pause = pause;
        }
    }

    /** What is said meanwhile; the reason why it is not sent then, or null. */
    enum Change {
        OPT_OUT("UNSUBSCRIBED"),
        OPT_OUT_EVENT("UNSUBSCRIBED"),
        UNSUBSCRIBE_LINK("CATEGORY_OFF"),
        SUPPRESSION("ADDRESS_SUPPRESSED"),
        NO_ADDRESS("NO_ADDRESS"),
        NEW_ADDRESS(null),
        NEW_NAME(null),
        TRAITS_EVENT(null);

        final @Nullable String reason;

        Change(@Nullable String reason) {
            this.reason = reason;
        }
    }

    @Inject
    SettableClock clock;

    @Inject
    NotificationPipeline pipeline;

    @Inject
    TestPipeline testPipeline;

    @Inject
    Outbox outbox;

    @Inject
    DeliveryBell bell;

    @Inject
    Suppressions suppressions;

    @Inject
    Unsubscribing unsubscribing;

    @Inject
    Tracking tracking;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    private SettableClock.Bent bent;
    private String customer;
    private String address;

    @BeforeEach
    void somebodyWithMail() {
        bent = clock.stopAt(noon);
        customer = ids.next();
        address = customer.toLowerCase() + "@example.com";
        contact("Nina", address);
    }

    @AfterEach
    void anotherDay() {
        transactions
                .inTransaction(
                        tx -> PgTx.connection(tx).query("delete from circuit").execute())
                .await()
                .atMost(DEADLINE);
        noon = noon.plus(Duration.ofDays(1));
        bent.close();
    }

    static Stream<Arguments> what_is_said_holds_for_what_waits() {
        return Stream.of(Waiting.values())
                .flatMap(waiting -> Stream.of(Change.values()).map(change -> Arguments.of(waiting, change)));
    }

    @ParameterizedTest
    @MethodSource
    void what_is_said_holds_for_what_waits(Waiting waiting, Change change) {
        // Given
        var id = waits(waiting);

        // When
        said(change);
        testPipeline.evaluateHeld();

        // Then
        var before = delivery(id).attempts().size();
        assertThat(view(id).status()).as("nothing goes earlier for it").isNotEqualTo(Status.SENT);
        clock.advance(waiting.pause);
        if (change.reason != null) {
            until(() -> delivery(id).reason(), change.reason::equals);
            assertThat(view(id).status()).isEqualTo(Status.SUPPRESSED);
            assertThat(delivery(id).attempts())
                    .as("sent")
                    .noneMatch(attempt -> attempt.outcome().equals("sent"));
        } else {
            until(() -> view(id).status(), Status.SENT::equals);
            assertThat(delivery(id).recipient()).isEqualTo(change == Change.NEW_ADDRESS ? "new." + address : address);
            assertThat(delivery(id).attempts())
                    .extracting(NotificationView.AttemptView::outcome)
                    .last()
                    .isEqualTo("sent");
            assertThat(delivery(id).attempts()).hasSize(waiting == Waiting.SENDER_DIED ? 2 : before + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void quiet_hours_said_meanwhile_hold_what_waits(Waiting waiting) {
        // Given
        var id = waits(waiting);

        // When
        prefers("\"quietHours\": [{\"start\": \"11:00\", \"end\": \"15:00\"}]");
        clock.advance(waiting.pause);

        // Then
        until(() -> delivery(id).reason(), "QUIET_HOURS"::equals);
        assertThat(view(id).status()).isEqualTo(Status.DEFERRED);
        assertThat(delivery(id).notBefore()).isEqualTo(noon.plus(Duration.ofHours(3)));
        clock.advance(Duration.ofHours(3));
        until(() -> view(id).status(), Status.SENT::equals);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER_ASKED_TO_WAIT", "SCHEDULED"})
    void who_changes_often_makes_nothing_go_before_its_time_and_burns_no_attempt(Waiting waiting) {
        // Given
        var id = waits(waiting);
        var attempts = delivery(id).attempts().size();
        var decisions = decisions(id);

        // When
        for (int i = 0; i < 14; i++) {
            contact("Nina " + i, address);
            testPipeline.evaluateHeld();
        }

        // Then
        assertThat(delivery(id).attempts()).hasSize(attempts);
        assertThat(decisions(id)).as("decided nothing").isEqualTo(decisions);
        clock.advance(waiting.pause.minusSeconds(1));
        testPipeline.evaluateHeld();
        assertThat(delivery(id).attempts()).hasSize(attempts);
        clock.advance(Duration.ofSeconds(1));
        until(() -> view(id).status(), Status.SENT::equals);
        assertThat(delivery(id).attempts()).hasSize(attempts + 1);
    }

    @Test
    void quiet_hours_that_are_taken_back_shorten_only_their_own_wait() {
        // Given
        var id = waits(Waiting.PROVIDER_ASKED_TO_WAIT);
        prefers("\"quietHours\": [{\"start\": \"11:00\", \"end\": \"15:00\"}]");
        until(() -> delivery(id).reason(), "QUIET_HOURS"::equals);

        // When
        prefers("\"quietHours\": []");

        // Then
        until(() -> delivery(id).status(), Status.RETRYING::equals);
        assertThat(delivery(id).attempts()).hasSize(1);
        clock.advance(Waiting.PROVIDER_ASKED_TO_WAIT.pause);
        until(() -> view(id).status(), Status.SENT::equals);
    }

    @Test
    void who_opts_out_while_a_provider_asks_to_wait_is_withdrawn_at_once() {
        // Given
        var id = waits(Waiting.PROVIDER_ASKED_TO_WAIT);

        // When
        said(Change.OPT_OUT);

        // Then
        until(() -> view(id).status(), Status.SUPPRESSED::equals);
    }

    /**
     * Leased in the transaction that writes it, so that the application's own dispatch never sees it before it waits. Nobody
     * is told of its end, so it is not leased by its insert either.
     */
    private String waits(Waiting waiting) {
        var plain = Commands.decided(Commands.on(Commands.orderShipped("default", customer), "email"), clock.instant());
        var command = waiting == Waiting.SCHEDULED
                ? Commands.scheduled(plain, clock.instant().plus(waiting.pause))
                : plain;
        var leased = transactions
                .inTransaction(tx -> pipeline.submit(new PgTx(PgTx.connection(tx)), List.of(command))
                        .chain(() -> PgTx.connection(tx)
                                .preparedQuery("""
                update outbox o set state = 1, attempt = 1, lease_token = nextval('lease_token'), lease_until = $2
                from delivery d where d.notification_id = $1 and o.delivery_id = d.id and o.state = 0 returning d.id, o.lease_token
                """)
                                .execute(Tuple.of(
                                        command.trackingId(),
                                        PgTimes.at(clock.instant().plusSeconds(30)))))
                        .map(rows -> rows.size() == 0 ? null : rows.iterator().next())
                        .map(row -> row == null
                                ? null
                                : new LeasedDelivery(
                                        new Delivery(
                                                row.getString("id"),
                                                "default",
                                                command.trackingId(),
                                                "email",
                                                address,
                                                null,
                                                "",
                                                null,
                                                1,
                                                null,
                                                null,
                                                null),
                                        1,
                                        row.getLong("lease_token"),
                                        clock.instant(),
                                        Duration.ofSeconds(30),
                                        null)))
                .await()
                .atMost(DEADLINE);
        switch (waiting) {
            case SHORT_RETRY, PROVIDER_ASKED_TO_WAIT ->
                assertThat(outbox.complete(List.of(Attempt.retry(
                                        leased,
                                        "mock",
                                        FailureKind.PROVIDER_ERROR,
                                        "429",
                                        clock.instant().plus(waiting.pause),
                                        null,
                                        Waits.NONE)))
                                .await()
                                .atMost(DEADLINE))
                        .hasSize(1);
            case OPEN_CIRCUIT -> {
                transactions
                        .inTransaction(tx -> PgTx.connection(tx)
                                .preparedQuery("""
                        insert into circuit (channel, provider, routes, opened_at, open_until, trips) values ('email', 'mock', 1, $1, $2, 1)
                        """)
                                .execute(Tuple.of(
                                        PgTimes.at(clock.instant()),
                                        PgTimes.at(clock.instant().plus(waiting.pause)))))
                        .await()
                        .atMost(DEADLINE);
                Awaitility.await()
                        .atMost(DEADLINE)
                        .until(
                                () -> given().get("/healthz/ready")
                                        .then()
                                        .extract()
                                        .path("checks.find { it.name == 'circuits' }.data['email/mock']"),
                                "open"::equals);
                outbox.release(List.of(leased)).await().atMost(DEADLINE);
                bell.ring(List.of("email"));
            }
            case SENDER_DIED, SCHEDULED -> {}
        }
        return command.trackingId();
    }

    private void said(Change change) {
        switch (change) {
            case OPT_OUT -> prefers("\"optedOut\": true");
            case OPT_OUT_EVENT ->
                event(customer, "customer.preferences-changed")
                        .at(clock.instant())
                        .data("{\"customerId\": \"%s\", \"preferences\": {}, \"optedOut\": true}".formatted(customer))
                        .publish();
            case UNSUBSCRIBE_LINK ->
                unsubscribing
                        .unsubscribe(new UnsubscribeTarget("default", customer, "order_updates", "email"))
                        .await()
                        .atMost(DEADLINE);
            case SUPPRESSION ->
                suppressions
                        .suppress(new SuppressionChange(
                                "default", "email", address, Cause.STOP, null, "test", clock.instant()))
                        .await()
                        .atMost(DEADLINE);
            case NO_ADDRESS ->
                json(Map.of("name", "Nina", "phone", "+12025550101"))
                        .put("/api/v1/customers/" + customer)
                        .then()
                        .statusCode(200);
            case NEW_ADDRESS -> contact("Nina", "new." + address);
            case NEW_NAME -> contact("Nina Again", address);
            case TRAITS_EVENT ->
                event(customer, "page_view")
                        .at(clock.instant())
                        .traits("{\"last\": \"today\"}")
                        .publish();
        }
    }

    private <T> void until(Callable<T> present, Predicate<T> wanted) {
        Awaitility.await()
                .atMost(DEADLINE)
                .until(
                        () -> {
                            bell.ring(List.of("email")); // as the sweep does every second
                            testPipeline.evaluateHeld();
                            return present.call();
                        },
                        wanted);
    }

    private void contact(String name, String email) {
        json(Map.of("name", name, "email", email))
                .put("/api/v1/customers/" + customer)
                .then()
                .statusCode(oneOf(200, 201));
    }

    private void prefers(String preferences) {
        given().contentType(ContentType.JSON)
                .body("{" + preferences + "}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .statusCode(oneOf(200, 201));
    }

    private long decisions(String id) {
        return transactions
                .inTransaction(tx -> PgTx.connection(tx)
                        .preparedQuery("select count(*) from decision where notification_id = $1")
                        .execute(Tuple.of(id))
                        .map(rows -> rows.iterator().next().getLong(0)))
                .await()
                .atMost(DEADLINE);
    }

    private NotificationView view(String id) {
        return tracking.find("default", id).await().atMost(DEADLINE).orElseThrow();
    }

    private NotificationView.DeliveryView delivery(String id) {
        return view(id).deliveries().get(0);
    }

    private static RequestSpecification json(Map<String, ?> body) {
        return given().contentType(ContentType.JSON).body(body);
    }
}
