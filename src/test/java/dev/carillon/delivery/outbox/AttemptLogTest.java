package dev.carillon.delivery.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.DeliveryTransactionListener;
import dev.carillon.delivery.DeliveryTransactionListeners;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.Waits;
import dev.carillon.delivery.outbox.Attempt.AttemptOutcome;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When attempts are recorded by one statement, and when something else has to be in its transaction. */
class AttemptLogTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final String WATCHED = "watched";

    private final List<String> done = new ArrayList<>();
    private final AttemptLog log = new AttemptLog(
            new Store(), new Endings(), new DeliveryTransactionListeners(List.of(new Watcher())), new Recorded());

    @Test
    void what_was_sent_or_is_tried_again_is_one_statement() {
        complete(sent("calm"), retried("calm"));

        assertThat(done).containsExactly("one statement", "complete 2");
    }

    @Test
    void what_somebody_listens_to_is_in_a_transaction_with_what_they_write() {
        complete(sent("calm"), sent(WATCHED));

        assertThat(done).containsExactly("transaction", "complete 2", "endings", "moving 2");
    }

    @Test
    void what_ends_without_being_sent_is_in_a_transaction_with_its_ending() {
        complete(sent("calm"), ended("calm", AttemptOutcome.DEAD, null));
        complete(ended("calm", AttemptOutcome.EXPIRED, null));

        assertThat(done)
                .containsExactly(
                        "transaction",
                        "complete 2",
                        "endings",
                        "moving 2",
                        "transaction",
                        "complete 1",
                        "endings",
                        "moving 1");
    }

    @Test
    void a_blocked_address_is_written_first() {
        complete(sent("calm"), ended("calm", AttemptOutcome.DEAD, Block.BOUNCE));

        assertThat(done).containsExactly("transaction", "blocked 1", "complete 2", "endings", "moving 2");
    }

    private void complete(Attempt... attempts) {
        assertThat(log.complete(List.of(attempts), NOW).await().indefinitely()).hasSize(attempts.length);
    }

    private static Attempt sent(String tenant) {
        return Attempt.sent(leased(tenant), "mock", "message-1");
    }

    private static Attempt retried(String tenant) {
        return Attempt.retry(leased(tenant), "mock", FailureKind.PROVIDER_ERROR, "HTTP 500", NOW, null, Waits.NONE);
    }

    private static Attempt ended(String tenant, AttemptOutcome outcome, @Nullable Block block) {
        return Attempt.ended(leased(tenant), "mock", outcome, FailureKind.REJECTED, "HTTP 400", block);
    }

    private static LeasedDelivery leased(String tenant) {
        return new LeasedDelivery(TestDeliveries.of(tenant, "email"), 1, 7, NOW, Duration.ofSeconds(30), null);
    }

    private final class Recorded implements Transactions {

        @Override
        public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
            done.add("transaction");
            return work.apply(new Tx() {});
        }

        @Override
        public <T> Uni<T> inOneStatement(Function<Tx, Uni<T>> statement) {
            done.add("one statement");
            return statement.apply(new Tx() {});
        }
    }

    private final class Store extends PgAttempts {

        Store() {
            super(() -> "select");
        }

        @Override
        Uni<List<Moved>> complete(Tx tx, List<Attempt> attempts, Instant now) {
            done.add("complete " + attempts.size());
            return Uni.createFrom()
                    .item(attempts.stream()
                            .map(attempt -> moved(attempt.leased().delivery(), attempt))
                            .toList());
        }

        private static Moved moved(Delivery delivery, Attempt attempt) {
            return new Moved(
                    delivery.id(),
                    delivery.tenant(),
                    delivery.channel(),
                    null,
                    attempt.outcome().wire(),
                    attempt.provider(),
                    attempt.failure());
        }
    }

    private final class Endings extends PgEndings {

        @Override
        Uni<Void> write(Tx tx, List<Moved> moved) {
            done.add("endings");
            return Uni.createFrom().voidItem();
        }
    }

    private final class Watcher implements DeliveryTransactionListener {

        @Override
        public boolean hears(String tenant) {
            return tenant.equals(WATCHED);
        }

        @Override
        public Uni<Void> moving(Tx tx, List<Moved> moved) {
            done.add("moving " + moved.size());
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> blocked(Tx tx, List<Blocked> blocked) {
            done.add("blocked " + blocked.size());
            return Uni.createFrom().voidItem();
        }
    }
}
