package dev.carillon.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.SettableClock;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What it costs the database that keys are shown. */
class KeyLookupsTest {

    private static final String RIGHT = "ck_right";

    private final Store store = new Store();
    private final Ids ids = new Ids(new SettableClock());
    private final Queue<Runnable> soon = new ArrayDeque<>();
    private final KeysInUse inUse = new KeysInUse(store, store);
    private final ApiKeys keys =
            new ApiKeys(store, inUse, new LastUse(store, store, new SettableClock()), store, ids, () -> soon::add);

    @Test
    void a_thousand_wrong_keys_are_one_statement_and_a_right_one_among_them_is_found() {
        // Given
        keys.keep(RIGHT, "default", Set.of(Roles.READER), "x").await().indefinitely();
        store.transactions = 0;

        // When
        var wrong =
                IntStream.range(0, 999).mapToObj(n -> shown("ck_wrong_" + n)).toList();
        var right = shown(RIGHT);
        turn();

        // Then
        assertThat(store.transactions).isEqualTo(1);
        wrong.forEach(one -> one.assertCompleted().assertItem(Optional.empty()));
        assertThat(right.assertCompleted().getItem()).map(ApiKey::label).contains("x");
    }

    @Test
    void what_was_looked_up_is_not_looked_up_again() {
        // Given
        keys.keep(RIGHT, "default", Set.of(Roles.READER), "x").await().indefinitely();
        shown("ck_wrong");
        shown(RIGHT);
        turn();
        store.transactions = 0;

        // When
        var wrong = IntStream.range(0, 100).mapToObj(n -> shown("ck_wrong")).toList();
        var right = IntStream.range(0, 100).mapToObj(n -> shown(RIGHT)).toList();
        var empty = shown("");

        // Then
        wrong.forEach(one -> one.assertCompleted().assertItem(Optional.empty()));
        right.forEach(one -> assertThat(one.assertCompleted().getItem()).isPresent());
        empty.assertCompleted().assertItem(Optional.empty());
        assertThat(store.transactions).isZero();
    }

    @Test
    void a_key_that_was_wrong_and_then_made_is_right() {
        // Given
        shown(RIGHT);
        turn();

        // When
        keys.keep(RIGHT, "default", Set.of(Roles.READER), "x").await().indefinitely();
        var right = shown(RIGHT);
        turn();

        // Then
        assertThat(right.assertCompleted().getItem()).isPresent();
    }

    @Test
    void what_is_revoked_anywhere_is_forgotten_and_what_it_has_open_ends() {
        // Given
        var key = keys.keep(RIGHT, "default", Set.of(Roles.READER), "x")
                .await()
                .indefinitely()
                .key();
        shown(RIGHT);
        turn();
        var stream = inUse.revocation(key.id()).subscribe().withSubscriber(UniAssertSubscriber.create());
        var open = inUse.revocation("open").subscribe().withSubscriber(UniAssertSubscriber.create());
        inUse.heard(1).await().indefinitely();
        stream.assertNotTerminated();

        // When
        store.byHash.clear();
        inUse.heard(2).await().indefinitely();

        // Then
        stream.assertCompleted();
        open.assertNotTerminated();
        var again = shown(RIGHT);
        turn();
        again.assertCompleted().assertItem(Optional.empty());
        store.transactions = 0;
        inUse.heard(3).await().indefinitely();
        assertThat(store.transactions).as("nothing is in use any more").isZero();
    }

    @Test
    void while_no_key_is_revoked_none_is_checked() {
        // Given
        keys.keep(RIGHT, "default", Set.of(Roles.READER), "x").await().indefinitely();
        shown(RIGHT);
        turn();
        inUse.heard(1).await().indefinitely();
        store.transactions = 0;

        // When
        inUse.heard(1).await().indefinitely();

        // Then
        assertThat(store.transactions).isZero();
    }

    @Test
    void a_stream_of_a_key_that_was_revoked_just_before_it_opened_ends_with_the_next_poll() {
        // Given
        inUse.heard(1).await().indefinitely();
        var stream =
                inUse.revocation("01KAJ3W4S8M2Q9V7T5R1N3X0ZC").subscribe().withSubscriber(UniAssertSubscriber.create());

        // When
        inUse.heard(1).await().indefinitely();

        // Then
        stream.assertCompleted();
    }

    @Test
    void a_key_that_is_revoked_while_it_is_looked_up_is_not_remembered() {
        // Given
        keys.keep(RIGHT, "default", Set.of(Roles.READER), "x").await().indefinitely();
        shown(RIGHT);

        // When
        store.whenFound = () -> inUse.heard(1).await().indefinitely();
        turn();
        store.whenFound = () -> {};
        store.byHash.clear();
        var again = shown(RIGHT);
        turn();

        // Then
        again.assertCompleted().assertItem(Optional.empty());
    }

    private UniAssertSubscriber<Optional<ApiKey>> shown(String secret) {
        return keys.find(secret).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private void turn() {
        for (var work = soon.poll(); work != null; work = soon.poll()) {
            work.run();
        }
    }

    /** Keys without a database, that counts how often it is asked. */
    private static final class Store extends PgApiKeys implements Transactions {

        private final Map<String, ApiKey> byHash = new HashMap<>();
        private int transactions;
        private Runnable whenFound = () -> {};

        @Override
        public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
            transactions++;
            return work.apply(new Tx() {});
        }

        @Override
        Uni<Map<String, ApiKey>> find(Tx tx, List<String> hashes) {
            var found = new HashMap<>(byHash);
            found.keySet().retainAll(hashes);
            return Uni.createFrom().<Map<String, ApiKey>>item(found).invoke(whenFound);
        }

        @Override
        Uni<Void> insert(Tx tx, ApiKey key, String hash, Instant now) {
            byHash.put(hash, key);
            return Uni.createFrom().voidItem();
        }

        @Override
        Uni<Set<String>> inForce(Tx tx, Collection<String> ids) {
            return Uni.createFrom()
                    .item(Set.copyOf(byHash.values().stream()
                            .map(ApiKey::id)
                            .filter(ids::contains)
                            .toList()));
        }
    }
}
