package dev.carillon.eventsourced.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.EventSizes.EventTooLargeException;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is read of the journal is bounded in bytes as well as in number. Nothing here is committed. */
@QuarkusTest
class PortionTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int LARGE = 200_000;
    /** So many of them fill what is read at once, the last one going beyond it. */
    private static final int FILLING = 6;

    private static final int MANY = 16;

    @Inject
    EventJournal journal;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    @Test
    void a_stretch_ends_with_the_event_that_fills_it_and_goes_on_behind_it() {
        undone(
                LARGE,
                (tx, recorded) -> journal.stretch(tx, tenant(recorded), EventPlace.BEGINNING, Long.MAX_VALUE, 500)
                        .invoke(first -> {
                            assertThat(first.events()).isEqualTo(recorded.subList(0, FILLING));
                            assertThat(first.more()).isTrue();
                        })
                        .chain(first -> journal.stretch(
                                tx,
                                tenant(recorded),
                                recorded.get(2 * FILLING - 1).place(),
                                Long.MAX_VALUE,
                                500))
                        .invoke(last -> {
                            assertThat(last.events()).isEqualTo(recorded.subList(2 * FILLING, MANY));
                            assertThat(last.more()).isFalse();
                        }));
    }

    @Test
    void so_does_a_stretch_of_all_tenants() {
        undone(
                LARGE,
                (tx, recorded) -> journal.stretchOfAll(
                                tx,
                                new EventPlace(
                                        recorded.get(0).position() - 1,
                                        recorded.get(0).recordedAt()),
                                Long.MAX_VALUE,
                                500)
                        .invoke(some -> assertThat(some).isEqualTo(new Portion<>(recorded.subList(0, FILLING), true))));
    }

    @Test
    void what_is_claimed_is_bounded() {
        undone(
                LARGE,
                (tx, recorded) -> journal.claim(tx, recorded.get(0).event().address(), 200)
                        .invoke(claimed -> {
                            assertThat(claimed.events()).hasSizeBetween(1, FILLING);
                            assertThat(claimed.more()).isTrue();
                        }));
    }

    @Test
    void what_timers_ask_for_is_bounded() {
        undone(
                LARGE,
                (tx, recorded) -> journal.at(
                                tx, recorded.stream().map(RecordedEvent::place).toList())
                        .invoke(some -> assertThat(some).isEqualTo(new Portion<>(recorded.subList(0, FILLING), true))));
    }

    @Test
    void what_is_erased_at_once_is_bounded() {
        undone(
                LARGE,
                (tx, recorded) -> journal.notErased(tx, tenant(recorded), "s", 0, Long.MAX_VALUE, 500)
                        .invoke(some -> assertThat(some).isEqualTo(recorded.subList(0, FILLING))));
    }

    @Test
    void of_what_was_heard_the_latest_part_counts_and_questions_are_answered_whole_or_later() {
        undone(
                LARGE,
                (tx, recorded) -> journal.heard(tx, List.of(question(recorded), question(recorded), question(recorded)))
                        .invoke(answers -> {
                            assertThat(answers).hasSize(2);
                            assertThat(answers)
                                    .allSatisfy(answer -> assertThat(answer)
                                            .hasSize(3)
                                            .first()
                                            .isEqualTo(recorded.get(MANY - 1)));
                        }));
    }

    @Test
    void small_ones_come_all_at_once() {
        undone(
                1_000,
                (tx, recorded) -> journal.stretch(tx, tenant(recorded), EventPlace.BEGINNING, Long.MAX_VALUE, 500)
                        .invoke(all -> assertThat(all).isEqualTo(new Portion<>(recorded, false)))
                        .chain(() -> journal.heard(tx, List.of(question(recorded), question(recorded))))
                        .invoke(answers -> assertThat(answers)
                                .hasSize(2)
                                .allSatisfy(answer -> assertThat(answer).hasSize(MANY)))
                        .chain(() -> journal.stretch(tx, tenant(recorded), EventPlace.BEGINNING, Long.MAX_VALUE, MANY))
                        .invoke(asMany -> assertThat(asMany).isEqualTo(new Portion<>(recorded, true))));
    }

    @Test
    void one_that_was_taken_when_there_was_no_limit_comes_alone() {
        undone(
                1_000,
                (tx, recorded) -> grown(tx, recorded.get(1))
                        .chain(() -> journal.stretch(tx, tenant(recorded), EventPlace.BEGINNING, Long.MAX_VALUE, 500))
                        .invoke(some -> assertThat(some).isEqualTo(new Portion<>(recorded.subList(0, 2), true)))
                        .chain(() -> journal.stretch(
                                tx, tenant(recorded), recorded.get(0).place(), Long.MAX_VALUE, 500))
                        .invoke(alone -> assertThat(alone).isEqualTo(new Portion<>(recorded.subList(1, 2), true))));
    }

    @Test
    void nobody_appends_one_that_is_too_large() {
        assertThatThrownBy(() -> transactions
                        .inTransaction(tx -> journal.append(tx, List.of(event(ids.next(), 0, 256 * 1024))))
                        .await()
                        .atMost(DEADLINE))
                .isInstanceOf(EventTooLargeException.class);
    }

    private static Uni<Void> grown(Tx tx, RecordedEvent event) {
        return PgTx.connection(tx)
                .preparedQuery("update event set bytes = 10000000 where position = $1")
                .execute(Tuple.of(event.position()))
                .replaceWithVoid();
    }

    private void undone(int bytes, BiFunction<Tx, List<RecordedEvent>, Uni<?>> story) {
        assertThatThrownBy(() -> transactions
                        .inTransaction(tx -> {
                            var tenant = ids.next();
                            return journal.append(
                                            tx,
                                            IntStream.range(0, MANY)
                                                    .mapToObj(n -> event(tenant, n, bytes))
                                                    .toList())
                                    .chain(recorded -> story.apply(tx, recorded))
                                    .chain(told -> Uni.createFrom().failure(new Undone()));
                        })
                        .await()
                        .atMost(DEADLINE))
                .isInstanceOf(Undone.class);
    }

    private EventEnvelope event(String tenant, int n, int bytes) {
        return new EventEnvelope(
                tenant,
                "e" + n,
                "/portion-test",
                "link_bank_success",
                "s",
                Instant.EPOCH.plusSeconds(n),
                Map.of("filling", "x".repeat(bytes)),
                Map.of(),
                Map.of());
    }

    private static String tenant(List<RecordedEvent> recorded) {
        return recorded.get(0).event().tenant();
    }

    private static HistoryQuery question(List<RecordedEvent> recorded) {
        return new HistoryQuery(
                tenant(recorded),
                "s",
                "link_bank_success",
                Instant.EPOCH,
                Instant.EPOCH.plus(Duration.ofDays(1)),
                Long.MAX_VALUE,
                EventJournal.HEARD_AT_MOST);
    }

    private static final class Undone extends RuntimeException {}
}
