package dev.carillon.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.NotificationView.AttemptView;
import dev.carillon.notification.tracking.NotificationView.DeliveryView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.proof.Fault.Means;
import dev.carillon.proof.MoodyProvider.Asked;
import dev.carillon.testing.SettableClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hundreds of notifications through both doors, to providers that misbehave in every way: at the end the books balance to the last attempt. */
@QuarkusTest
@TestProfile(BadDay.class)
class BooksTest {

    private static final int ORDERS = Integer.getInteger("books.orders", 400);
    private static final int AT_ONCE = ORDERS / 4;
    private static final int CUSTOMERS = 20;
    /** Of so many one is of use for less than a minute. */
    private static final int SHORT_LIVED_EVERY = 7;

    private static final int PAGE = 200;
    /** Nothing at all, or a head without its body. */
    private static final String NOT_IN_TIME =
            "TimeoutException after sending|HTTP 201, but its answer is incomplete or unreadable";

    private static final String ALL_TIME = "from={from}&to={to}";

    @Inject
    Tracking tracking;

    @Inject
    DeliveryBell bell;

    @Inject
    MeterRegistry meters;

    @Inject
    Pool pool;

    @Inject
    SettableClock clock;

    private final MoodyProvider provider = BadDay.provider();

    @Test
    void whatever_providers_do_every_notification_ends_once_and_every_attempt_is_in_the_books() {
        try (var bent = clock.ahead(Duration.ZERO)) {
            // Given
            var from = clock.instant();
            customers();

            // When
            submitted();
            int rounds = workedOff();

            // Then
            var told = tracking.all("default").await().indefinitely().stream()
                    .filter(one -> one.type().equals("ORDER_SHIPPED"))
                    .toList();
            var deliveries =
                    told.stream().flatMap(one -> one.deliveries().stream()).toList();
            assertThat(told).hasSize(ORDERS);
            assertThat(deliveries)
                    .hasSize(2 * ORDERS)
                    .allMatch(one -> one.status().isTerminal());
            int lost = everyAttemptIsWhatTheProviderDid(told);
            whatIsRepeatedIsRecognisable(told);
            nothingIsLeft(deliveries);
            deadLettersAreWhatWasGivenUp(deliveries);
            theListSaysTheSame(told);
            metricsSayTheSame(deliveries);
            statisticsSayTheSame(told, from);
            System.out.printf(
                    "books: %d notifications, %d attempts (%d lost on the way, %d not heard in time), %d rounds, faults %s, ends %s%n",
                    told.size(),
                    attempts(deliveries).size(),
                    lost,
                    attempts(deliveries).stream()
                            .filter(attempt -> String.valueOf(attempt.detail()).matches(NOT_IN_TIME))
                            .count(),
                    rounds,
                    by(provider.asked(), asked -> asked.fault().name()),
                    by(deliveries, one -> one.status().wire()));
        }
    }

    private void customers() {
        for (int n = 0; n < CUSTOMERS; n++) {
            given().contentType(ContentType.JSON)
                    .body("{\"name\": \"N\", \"email\": \"n%1$d@example.com\", \"phone\": \"+1555010%1$04d\"}"
                            .formatted(n))
                    .put("/api/v1/customers/" + customer(n))
                    .then()
                    .statusCode(oneOf(200, 201));
        }
    }

    private static String customer(int order) {
        return "books-of-" + order % CUSTOMERS;
    }

    /** Half through each door, from four sides at once. */
    private void submitted() {
        var sides = Executors.newFixedThreadPool(4);
        try {
            var expiresAt = clock.instant().plusSeconds(50);
            var batches = IntStream.range(0, ORDERS / AT_ONCE)
                    .mapToObj(batch -> CompletableFuture.runAsync(
                            () -> {
                                var orders = IntStream.range(batch * AT_ONCE, (batch + 1) * AT_ONCE);
                                if (batch % 2 == 0) {
                                    var items = orders.mapToObj(order ->
                                                    "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"%s\", \"context\": {\"orderId\": \"books-%d\"}%s}"
                                                            .formatted(
                                                                    customer(order),
                                                                    order,
                                                                    order % SHORT_LIVED_EVERY == 0
                                                                            ? ", \"expiresAt\": \"" + expiresAt + "\""
                                                                            : ""))
                                            .toList();
                                    var accepted = given().contentType(ContentType.JSON)
                                            .body("{\"notifications\": [" + String.join(",", items) + "]}")
                                            .post("/api/v1/notifications/batch")
                                            .then()
                                            .statusCode(202)
                                            .extract()
                                            .<Integer>path("accepted");
                                    assertThat(accepted).isEqualTo(AT_ONCE);
                                } else {
                                    var events = orders.mapToObj(order -> """
                            {"user_id": "%1$s", "event_type": "ordering.order-status-changed", "event_timestamp": "2025-10-31T19:00:00Z",
                             "properties": {"orderId": "books-%2$d", "customerId": "%1$s", "newStatus": "SHIPPED"}}""".formatted(customer(order), order))
                                            .toList();
                                    var accepted = given().contentType(ContentType.JSON)
                                            .body("[" + String.join(",", events) + "]")
                                            .post("/api/v1/events")
                                            .then()
                                            .statusCode(202)
                                            .extract()
                                            .<Integer>path("accepted");
                                    assertThat(accepted).isEqualTo(AT_ONCE);
                                }
                            },
                            sides))
                    .toList();
            batches.forEach(CompletableFuture::join);
        } finally {
            sides.shutdown();
        }
        await().atMost(Duration.ofSeconds(120)).until(() -> number("select count(*) from event_pending") == 0);
    }

    /** Turns the clock on whenever nobody has anything to do at present, until there is nothing left to be done at all; answers how often. */
    private int workedOff() {
        for (int rounds = 0; ; rounds++) {
            var left = await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(30))
                    .until(this::left, Left::atRest);
            if (left.all() == 0) {
                return rounds;
            }
            clock.advance(Duration.between(clock.instant(), left.nextAt()).plusMillis(1));
            bell.ring(Set.of("email", "sms"));
        }
    }

    /** What is still to be done. A provider that is left alone is waited for as long as anything is due. */
    private record Left(long all, long leased, long due, boolean paused, Instant nextAt) {

        boolean atRest() {
            return leased == 0 && (due == 0 || paused);
        }
    }

    private Left left() {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        Row row = pool.preparedQuery("""
                select count(*) as all, count(*) filter (where state = 1) as leased, count(*) filter (where state <> 1 and due_at <= $1) as due,
                       coalesce(bool_and(exists (select from circuit c where c.channel = o.channel and c.open_until > $1))
                         filter (where state <> 1 and due_at <= $1), false) as paused,
                       coalesce((select min(open_until) from circuit c where open_until > $1 and exists (
                         select from outbox w where w.channel = c.channel and w.state <> 1 and w.due_at <= $1)), max(due_at), $1) as next_at
                from outbox o""")
                .executeAndAwait(Tuple.of(now))
                .iterator()
                .next();
        return new Left(
                row.getLong("all"),
                row.getLong("leased"),
                row.getLong("due"),
                row.getBoolean("paused"),
                row.getOffsetDateTime("next_at").toInstant());
    }

    /** One by one, in order: neither a request that nobody wrote down nor an attempt that was not what is written; answers how many got lost on the way. */
    private int everyAttemptIsWhatTheProviderDid(List<NotificationView> told) {
        int lost = 0;
        for (var delivery :
                told.stream().flatMap(one -> one.deliveries().stream()).toList()) {
            var left = delivery.attempts().stream()
                    .filter(attempt -> !neverLeft(attempt))
                    .toList();
            var asked = provider.asked(delivery.channel(), order(delivery));
            assertThat(match(asked, left))
                    .as(() -> "asked: " + asked + "\nwritten down: " + delivery.attempts())
                    .isTrue();
            lost += left.size() - asked.size();
            endsAsItsLastAttempt(delivery);
        }
        return lost;
    }

    private static boolean neverLeft(AttemptView attempt) {
        return "EXPIRED".equals(attempt.failure())
                || String.valueOf(attempt.detail()).endsWith("before sending");
    }

    /** Whether each request is an attempt, in order, and each other attempt may have been lost. */
    private static boolean match(List<Asked> asked, List<AttemptView> attempts) {
        if (attempts.isEmpty()) {
            return asked.isEmpty();
        }
        var attempt = attempts.get(0);
        var rest = attempts.subList(1, attempts.size());
        return !asked.isEmpty()
                        && fits(asked.get(0).fault().means, attempt)
                        && match(asked.subList(1, asked.size()), rest)
                || wasLost(attempt) && match(asked, rest);
    }

    /** Written into a connection that the provider was just closing, or not heard of by a machine that was too busy: nobody can know. */
    private static boolean wasLost(AttemptView attempt) {
        return "OUTCOME_UNKNOWN".equals(attempt.failure())
                && String.valueOf(attempt.detail())
                        .matches("(HttpClosed|Socket|Timeout|StreamReset)Exception after sending");
    }

    /** Whether it is written down as what it was; what was not heard in time may have been anything. */
    private static boolean fits(Means means, AttemptView attempt) {
        var failure = attempt.failure();
        return String.valueOf(attempt.detail()).matches(NOT_IN_TIME)
                || switch (means) {
                    case SENT -> failure == null;
                    case SENT_OR_UNKNOWN -> failure == null || failure.equals("OUTCOME_UNKNOWN");
                    case UNKNOWN -> "OUTCOME_UNKNOWN".equals(failure);
                    case PROVIDER_ERROR, RATE_LIMITED, REJECTED -> means.name().equals(failure);
                };
    }

    private static void endsAsItsLastAttempt(DeliveryView delivery) {
        var attempts = delivery.attempts();
        assertThat(attempts)
                .extracting(AttemptView::number)
                .isEqualTo(IntStream.rangeClosed(1, attempts.size()).boxed().toList());
        assertThat(attempts.subList(0, attempts.size() - 1))
                .allMatch(attempt -> attempt.outcome().equals("retry"));
        assertThat(attempts.get(attempts.size() - 1).outcome())
                .isEqualTo(
                        switch (delivery.status()) {
                            case SENT -> "sent";
                            case DEAD_LETTERED -> "dead";
                            case EXPIRED -> "expired";
                            default -> throw new AssertionError(delivery.status());
                        });
    }

    private void whatIsRepeatedIsRecognisable(List<NotificationView> told) {
        for (var delivery :
                told.stream().flatMap(one -> one.deliveries().stream()).toList()) {
            assertThat(provider.asked(delivery.channel(), order(delivery)))
                    .allMatch(asked -> asked.key().equals(delivery.id()));
        }
        assertThat(provider.asked())
                .extracting(Asked::fault)
                .as("every way to misbehave was met with")
                .containsAll(EnumSet.allOf(Fault.class));
    }

    private void nothingIsLeft(List<DeliveryView> deliveries) {
        assertThat(number("select count(*) from outbox")).isZero();
        assertThat(number("select count(*) from attempt"))
                .isEqualTo(attempts(deliveries).size());
        assertThat(
                        number(
                                "select count(*) from (select from attempt where outcome = 'sent' group by delivery_id having count(*) > 1) twice"))
                .isZero();
        assertThat(number("select count(*) from address_suppression"))
                .as("nobody was said to be gone")
                .isZero();
    }

    private void deadLettersAreWhatWasGivenUp(List<DeliveryView> deliveries) {
        var dead = new ArrayList<String>();
        String after = null;
        do {
            var asking = given().queryParam("limit", PAGE);
            var page = (after == null ? asking : asking.queryParam("after", after))
                    .get("/api/v1/dead-letters")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            dead.addAll(page.getList("deadLetters.deliveryId", String.class));
            after = page.getString("next");
        } while (after != null);
        assertThat(dead)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(deliveries.stream()
                        .filter(one -> one.status() == Status.DEAD_LETTERED)
                        .map(DeliveryView::id)
                        .toList());
        assertThat(deliveries)
                .as("some outlived every attempt")
                .anyMatch(one ->
                        one.status() == Status.DEAD_LETTERED && one.attempts().size() == 12);
    }

    private void theListSaysTheSame(List<NotificationView> told) {
        var listed = new HashMap<String, String>();
        for (int n = 0; n < CUSTOMERS; n++) {
            String after = null;
            do {
                var asking = given().queryParam("customerId", customer(n)).queryParam("limit", PAGE);
                var page = (after == null ? asking : asking.queryParam("after", after))
                        .get("/api/v1/notifications")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
                var ids = page.getList("notifications.trackingId", String.class);
                var statuses = page.getList("notifications.status", String.class);
                IntStream.range(0, ids.size())
                        .forEach(i -> assertThat(listed.put(ids.get(i), statuses.get(i)))
                                .isNull());
                after = page.getString("next");
            } while (after != null);
        }
        assertThat(listed)
                .isEqualTo(told.stream()
                        .collect(Collectors.toMap(
                                NotificationView::trackingId,
                                one -> one.status().wire())));
    }

    private void metricsSayTheSame(List<DeliveryView> deliveries) {
        var counted = meters.find("carillon.deliveries").counters().stream()
                .collect(Collectors.toMap(
                        counter -> counter.getId().getTag("channel") + " "
                                + counter.getId().getTag("outcome"),
                        counter -> (long) counter.count()));
        assertThat(counted)
                .isEqualTo(deliveries.stream()
                        .flatMap(one -> one.attempts().stream().map(attempt -> one.channel() + " " + attempt.outcome()))
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
        for (var door : List.of("api-driven", "event-sourced")) {
            assertThat(meters.find("carillon.notifications")
                            .tag("type", "ORDER_SHIPPED")
                            .tag("door", door)
                            .tag("status", "queued")
                            .counters())
                    .singleElement()
                    .extracting(Counter::count)
                    .isEqualTo(ORDERS / 2.0);
        }
    }

    private void statisticsSayTheSame(List<NotificationView> told, Instant from) {
        var all = statistics(from, "type");
        assertThat(all.getList("rows.type")).isNotEmpty().containsOnly("ORDER_SHIPPED");
        assertThat(sum(all, "")).containsEntry("accepted", (long) told.size());
        for (var channel : List.of("email", "sms")) {
            var of = told.stream()
                    .flatMap(one -> one.deliveries().stream())
                    .filter(one -> one.channel().equals(channel))
                    .toList();
            var expected = new TreeMap<>(by(of, one -> one.status().wire()));
            expected.put(
                    "retried",
                    attempts(of).stream()
                            .filter(attempt -> attempt.outcome().equals("retry"))
                            .count());
            assertThat(sum(statistics(from, "channel"), "findAll { it.channel == '" + channel + "' }."))
                    .isEqualTo(expected);
        }
    }

    private JsonPath statistics(Instant from, String by) {
        return given().get(
                        "/api/v1/statistics?" + ALL_TIME + "&bucket=hour&by={by}",
                        from.minus(Duration.ofHours(1)).toString(),
                        clock.instant().plus(Duration.ofHours(1)).toString(),
                        by)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Map<String, Long> sum(JsonPath statistics, String of) {
        var sum = new TreeMap<String, Long>();
        statistics
                .<Map<String, Number>>getList("rows." + of + "counts")
                .forEach(row -> row.forEach((status, count) -> sum.merge(status, count.longValue(), Long::sum)));
        return sum;
    }

    private static <T> Map<String, Long> by(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.groupingBy(name, TreeMap::new, Collectors.counting()));
    }

    private static List<AttemptView> attempts(List<DeliveryView> deliveries) {
        return deliveries.stream().flatMap(one -> one.attempts().stream()).toList();
    }

    private static int order(DeliveryView delivery) {
        var text = String.valueOf(delivery.body());
        return Integer.parseInt(text.replaceAll("(?s).*books-(\\d+).*", "$1"));
    }

    private long number(String query) {
        return pool.query(query).executeAndAwait().iterator().next().getLong(0);
    }
}
