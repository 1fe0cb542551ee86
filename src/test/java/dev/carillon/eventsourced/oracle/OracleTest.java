package dev.carillon.eventsourced.oracle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.reaction.OwnDatabase;
import dev.carillon.eventsourced.reaction.Sweeps;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.PutRule;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live pipeline over random histories decides what the naive model of each kind of rule says. */
@QuarkusTest
@TestProfile(OwnDatabase.class)
class OracleTest {

    private static final int HISTORIES = Integer.getInteger("oracle.histories", 5);

    /** Whoever repeats one history does not ask for all that must occur. */
    private static final boolean MANY = HISTORIES > 4;

    private static final int AT_MOST = 27;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<String> ADDRESSES = List.of("bss.other", "bss.ordering");

    /** What hardly a run is without. */
    private static final String[] MUST_OCCUR = {
        "oracle-absence notify",
        "oracle-absence-recheck defer",
        "oracle-after ignore AWAITING_CORRELATION",
        "oracle-cart ignore NOT_IN_AUDIENCE",
        "oracle-collect ignore AWAITING_CORRELATION",
        "oracle-day suppress THROTTLED",
        "oracle-delay defer",
        "oracle-delay-recheck defer",
        "oracle-digest digest DIGESTED",
        "oracle-digest-daily notify",
        "oracle-digest-quiet notify",
        "oracle-fixed notify",
        "oracle-list notify",
        "oracle-segment notify",
        "oracle-sliding notify",
        "oracle-subject ignore CONDITION_FALSE",
        "oracle-wishlist ignore NOT_IN_AUDIENCE"
    };

    @Inject
    SettableClock clock;

    @Inject
    Sweeps sweeps;

    @Inject
    EventJournal journal;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    private SettableClock.Bent bent;
    private @Nullable CompletableFuture<Void> elsewhere;

    @BeforeEach
    void everyKindOfRule() {
        bent = clock.stop();
        for (var rule : rules(List.of())) {
            PutRule.rule(rule.id(), rule.yaml());
        }
    }

    @AfterEach
    void theRulesGo() {
        try {
            answeredHereAgain();
            rules(List.of()).forEach(rule -> given().delete("/api/v1/rules/" + rule.id()));
            backFromTheFuture();
        } finally {
            bent.close();
        }
    }

    /** The journal ends years ahead by now, and whoever uses the database next has to go on from today. */
    private void backFromTheFuture() {
        var today = Tuple.of(Clock.systemUTC().instant().toString());
        pool.preparedQuery("delete from event_pending where recorded_at > $1::text::timestamptz")
                .executeAndAwait(today);
        pool.preparedQuery("delete from event where recorded_at > $1::text::timestamptz")
                .executeAndAwait(today);
        pool.preparedQuery("update journal_head set recorded_at = $1::text::timestamptz")
                .executeAndAwait(today);
    }

    @Test
    void every_kind_of_rule_decides_as_the_reference_says() {
        long first = Long.getLong("oracle.seed", Clock.systemUTC().millis());
        var differences = new ArrayList<String>();
        var kinds = new TreeMap<String, Integer>();
        for (long seed = first; seed < first + HISTORIES || isRarerThan(kinds, seed - first); seed++) {
            // Given
            var history = new HistoryMaker(seed, ids.next().toLowerCase(Locale.ROOT), clock.instant()).history();
            var repeat = "-Doracle.seed=" + seed + ": ";

            // When
            assertThatNoException().as(repeat).isThrownBy(() -> live(history));

            // Then
            var expected = new ArrayList<Verdict>();
            var journal = journalOf(history);
            rules(history.customers()).forEach(rule -> expected.addAll(new Course(journal).of(rule, history.end())));
            differences.addAll(Verdict.differences(expected, decided(history)).stream()
                    .map(one -> "-Doracle.histories=1 " + repeat + one)
                    .toList());
            expected.forEach(one ->
                    kinds.merge((one.rule() + " " + one.verdict() + " " + one.reason()).strip(), 1, Integer::sum));
        }
        assertThat(differences).isEmpty();
        assertThat(MANY ? kinds.keySet() : Set.of(MUST_OCCUR))
                .as("otherwise it proves little")
                .contains(MUST_OCCUR);
    }

    /** What chance has not brought so far is waited for. */
    private static boolean isRarerThan(Map<String, Integer> kinds, long histories) {
        return MANY && histories < AT_MOST && !kinds.keySet().containsAll(Set.of(MUST_OCCUR));
    }

    private static List<RuleModel> rules(List<String> customers) {
        return List.of(
                Addressed.subject(),
                Addressed.cart(),
                Addressed.wishlist(),
                Addressed.segment(customers),
                Addressed.list(),
                new Collecting(),
                new Following(),
                Missing.throttled(),
                Missing.rechecked(),
                Throttled.sliding(),
                Throttled.fixed(),
                Throttled.day(),
                Delayed.once(),
                Delayed.rechecked(),
                Digested.waiting(),
                Digested.quiet(),
                Digested.daily());
    }

    /** Sends everything when it comes; between two that stall, no node answers. */
    private void live(History history) {
        for (var step : history.steps()) {
            clock.advance(Duration.between(clock.instant(), step.at()));
            if (elsewhere == null) {
                settle();
            }
            if (step.stalled() && elsewhere == null) {
                answeredElsewhere();
            }
            publish(step.sent());
            if (!step.stalled()) {
                answeredHereAgain();
                settle();
            }
        }
        clock.advance(Duration.between(clock.instant(), history.end()));
        settle();
    }

    private void publish(List<Happening> events) {
        var body = events.stream()
                .map(one -> Map.of(
                        "event_id",
                        one.id(),
                        "user_id",
                        one.customer(),
                        "event_type",
                        one.type(),
                        "event_timestamp",
                        one.occurred().toString(),
                        "properties",
                        one.data(),
                        "user_traits",
                        one.traits()))
                .toList();
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202)
                .body("rejected", empty());
    }

    /** As if another node had taken the addresses over and were slow. */
    private void answeredElsewhere() {
        await().atMost(DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    var until = new CompletableFuture<Void>();
                    var held = new CompletableFuture<Boolean>();
                    transactions
                            .inTransaction(tx -> journal.hold(tx, ADDRESSES.get(0))
                                    .chain(one ->
                                            journal.hold(tx, ADDRESSES.get(1)).map(other -> one && other))
                                    .invoke(held::complete)
                                    .chain(ours -> ours
                                            ? Uni.createFrom().completionStage(until)
                                            : Uni.createFrom().voidItem()))
                            .subscribe()
                            .with(done -> {}, held::completeExceptionally);
                    elsewhere = held.join() ? until : null;
                    return elsewhere != null;
                });
    }

    private void answeredHereAgain() {
        if (elsewhere != null) {
            elsewhere.complete(null);
            elsewhere = null;
        }
    }

    private void settle() {
        await().atMost(DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    sweeps.now();
                    return pool.preparedQuery(
                                            "select (select count(*) from event_pending) + (select count(*) from timer where due_at <= $1::text::timestamptz)")
                                    .executeAndAwait(Tuple.of(clock.instant().toString()))
                                    .iterator()
                                    .next()
                                    .getLong(0)
                            == 0;
                });
    }

    /** In the order in which it was committed, which of events that came together is any. */
    private List<Happening> journalOf(History history) {
        var kept = new ArrayList<Happening>();
        pool.preparedQuery(
                        "select id, recorded_at from event where tenant = 'default' and id like '%-' || $1 order by position")
                .executeAndAwait(Tuple.of(history.run()))
                .forEach(row -> {
                    var sent = history.sent(row.getString("id"));
                    assertThat(row.getOffsetDateTime("recorded_at").toInstant()).isEqualTo(sent.recorded());
                    kept.add(sent.at(kept.size() + 1));
                });
        assertThat(kept).as("what was sent, once each, when it was sent").hasSize(history.size());
        return kept;
    }

    /** What rules decided. What is looked at again because it was sent late, by the clock that jumps, is as of no position. */
    private List<Verdict> decided(History history) {
        var found = new ArrayList<Verdict>();
        pool.preparedQuery("""
                select d.rule_id, d.event_id, d.customer_id, d.verdict, d.reason, d.detail, d.judged_at, json_array_length(n.context -> 'items') as items
                from decision d left join notification n on n.id = d.notification_id and d.verdict in ('notify', 'suppress')
                where d.as_of is not null and d.rule_id like 'oracle-%' and d.event_id like '%-' || $1
                """).executeAndAwait(Tuple.of(history.run())).forEach(row -> {
            var reason = row.getString("reason");
            found.add(new Verdict(
                    row.getOffsetDateTime("judged_at").toInstant(),
                    row.getString("rule_id"),
                    row.getString("event_id"),
                    row.getString("customer_id") == null ? "" : row.getString("customer_id"),
                    row.getString("verdict"),
                    reason == null ? "" : reason,
                    note(reason, row.getString("detail"), row.getInteger("items"))));
        });
        return found;
    }

    private static String note(@Nullable String reason, @Nullable String detail, @Nullable Integer items) {
        if ("THROTTLED".equals(reason) || detail != null && detail.matches("\\d+ of (at least )?\\d+( items)?")) {
            return String.valueOf(detail);
        }
        return items == null ? "" : items + " items";
    }
}
