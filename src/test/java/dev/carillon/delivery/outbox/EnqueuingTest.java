package dev.carillon.delivery.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.TestProviders;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of the places of deliveries that are inserted already leased, however their transaction ends. */
class EnqueuingTest {

    private static final int PLACES = 2;

    private final Store store = new Store();
    private final Sender sender = new Sender();
    private final OpenTx tx = new OpenTx();
    private final Enqueuing enqueuing = new Enqueuing(
            store,
            new RecipientLimits(
                    TestProviders.settings(Map.of("carillon.delivery.limited.recipient-limit.messages", "1")),
                    null,
                    null,
                    null),
            sender,
            Clock.systemUTC());

    @Test
    void what_has_a_place_is_sent_after_the_commit_and_not_before() {
        // Given
        var delivery = due();

        // When
        enqueue(delivery);

        // Then
        assertThat(store.leased).containsExactly(delivery.delivery().id());
        assertThat(sender.started).isEmpty();

        // When
        tx.ends(true);

        // Then
        assertThat(sender.started).hasSize(1);
        assertThat(sender.started.get(0).delivery()).isSameAs(delivery.delivery());
        assertThat(sender.started.get(0).attempt()).isEqualTo(1);
        assertThat(sender.started.get(0).token()).isZero();
        assertThat(sender.rung).isEmpty();
        assertThat(sender.back).isEmpty();
    }

    @Test
    void what_has_none_rings_the_bell_after_the_commit() {
        // When
        enqueue(due(), due(), due());
        tx.ends(true);

        // Then
        assertThat(sender.started).hasSize(PLACES);
        assertThat(sender.rung).containsExactly("test");
    }

    @Test
    void the_places_are_free_again_when_it_is_not_known_to_be_committed() {
        // When
        enqueue(due(), due());
        tx.ends(false);

        // Then
        assertThat(sender.started).isEmpty();
        assertThat(sender.rung).isEmpty();
        assertThat(sender.back).hasSize(2);
    }

    @Test
    void so_they_are_when_it_could_not_even_be_inserted() {
        // Given
        store.broken = true;

        // When
        try {
            enqueue(due());
        } catch (IllegalStateException broken) {
            tx.ends(false);
        }

        // Then
        assertThat(sender.back).hasSize(1);
    }

    @Test
    void a_transaction_that_goes_on_after_a_failed_insert_sends_nothing() {
        // Given
        store.broken = true;

        // When
        try {
            enqueue(due());
        } catch (IllegalStateException broken) {
            tx.ends(true);
        }

        // Then
        assertThat(sender.started).isEmpty();
        assertThat(sender.back).hasSize(1);
    }

    @Test
    void what_has_become_stale_gives_its_place_back_and_waits_for_a_claim() {
        // Given
        var stale = due();
        store.stale.add(stale.delivery().id());

        // When
        enqueue(stale, due());

        // Then
        assertThat(sender.back).containsExactly(stale.delivery());

        // When
        tx.ends(true);

        // Then
        assertThat(sender.started).hasSize(1);
        assertThat(sender.rung).containsExactly("test");
    }

    @Test
    void what_is_held_or_scheduled_has_no_place_and_rings_no_bell() {
        // Given
        var held = new NewDelivery(
                TestDeliveries.delivery("test", 1),
                null,
                "alice",
                new NewDelivery.Hold(Instant.MAX, "QUIET_HOURS"),
                null,
                DecisionBasis.NEVER);
        var scheduled = new NewDelivery(
                TestDeliveries.delivery("test", 1), null, "alice", null, Instant.EPOCH, DecisionBasis.NEVER);

        // When
        enqueue(held, scheduled);
        tx.ends(true);

        // Then
        assertThat(store.leased).isEmpty();
        assertThat(sender.started).isEmpty();
        assertThat(sender.rung).isEmpty();
    }

    @Test
    void where_recipients_have_a_limit_a_claim_counts_them() {
        // When
        enqueue(NewDelivery.of(TestDeliveries.delivery("limited", 1)));
        tx.ends(true);

        // Then
        assertThat(store.leased).isEmpty();
        assertThat(sender.rung).containsExactly("limited");
    }

    @Test
    void what_nobody_is_told_the_end_of_leases_nothing() {
        // When
        enqueuing.enqueue(new Tx() {}, List.of(due())).await().indefinitely();

        // Then
        assertThat(store.leased).isEmpty();
    }

    private static NewDelivery due() {
        return NewDelivery.of(TestDeliveries.delivery("test", 1));
    }

    private void enqueue(NewDelivery... deliveries) {
        enqueuing.enqueue(tx, List.of(deliveries)).await().indefinitely();
    }

    private static final class OpenTx implements Tx {

        private final List<Consumer<Boolean>> waiting = new ArrayList<>();

        @Override
        public boolean onEnd(Consumer<Boolean> work) {
            return waiting.add(work);
        }

        void ends(boolean committed) {
            waiting.forEach(work -> work.accept(committed));
        }
    }

    private static final class Store extends PgOutbox {

        private final List<String> stale = new ArrayList<>();
        private Set<String> leased = Set.of();
        private boolean broken;

        @Override
        Uni<List<String>> insert(
                Tx tx, List<NewDelivery> deliveries, Set<String> starting, Instant now, Instant until) {
            leased = starting;
            return broken
                    ? Uni.createFrom().failure(new IllegalStateException("the row is refused"))
                    : Uni.createFrom().item(stale);
        }
    }

    private static final class Sender implements DirectSender {

        private final List<LeasedDelivery> started = new ArrayList<>();
        private final List<Delivery> back = new ArrayList<>();
        private final List<String> rung = new ArrayList<>();

        @Override
        public Duration lease() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Set<String> admit(List<Delivery> due) {
            return due.stream().limit(PLACES).map(Delivery::id).collect(Collectors.toSet());
        }

        @Override
        public void start(List<LeasedDelivery> leased) {
            started.addAll(leased);
        }

        @Override
        public void giveBack(Collection<Delivery> admitted) {
            back.addAll(admitted);
        }

        @Override
        public void ring(Set<String> channels) {
            rung.addAll(channels);
        }
    }
}
