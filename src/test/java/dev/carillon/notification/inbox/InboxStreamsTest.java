package dev.carillon.notification.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.notification.inbox.InboxStreams.StreamItem;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.http.ConnectionLimit;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.SettableClock;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a listener hears, and what it costs that somebody listens. */
class InboxStreamsTest {

    private static final String TENANT = "t";
    private static final String ALICE = "alice";
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Shelf shelf = new Shelf();
    private final InboxWatch watch = new InboxWatch(shelf, new Straight());
    private final SettableClock clock = new SettableClock();

    private Duration heartbeat = Duration.ofHours(1);
    private int connections = 1_000;

    @Test
    void who_listens_hears_what_they_have_missed_and_what_arrives() {
        // Given
        shelf.holds(ALICE, 3);
        var heard = listen(1L, Long.MAX_VALUE);
        watch.heard(0).await().atMost(DEADLINE);
        heard.awaitItems(3, DEADLINE);

        // When
        shelf.holds(ALICE, 5);
        watch.heard(0).await().atMost(DEADLINE);

        // Then
        heard.awaitItems(5, DEADLINE);
        assertThat(ids(heard)).containsExactly(null, 2L, 3L, 4L, 5L);
    }

    @Test
    void without_a_place_to_go_on_from_only_what_is_to_come_is_heard() {
        // Given
        shelf.holds(ALICE, 3);
        var heard = listen(null, Long.MAX_VALUE);

        // When
        shelf.holds(ALICE, 4);
        watch.heard(0).await().atMost(DEADLINE);

        // Then
        heard.awaitItems(2, DEADLINE);
        assertThat(ids(heard)).containsExactly(null, 4L);
    }

    @Test
    void a_place_beyond_the_end_is_the_end() {
        // Given
        shelf.holds(ALICE, 3);
        var heard = listen(99L, Long.MAX_VALUE);

        // When
        shelf.holds(ALICE, 4);
        watch.heard(0).await().atMost(DEADLINE);

        // Then
        heard.awaitItems(2, DEADLINE);
        assertThat(ids(heard)).containsExactly(null, 4L);
    }

    @Test
    void nothing_is_read_for_who_does_not_listen_on() {
        // Given
        shelf.holds(ALICE, 0);
        var heard = listen(0L, 2);
        shelf.holds(ALICE, 500);
        watch.heard(0).await().atMost(DEADLINE);
        heard.awaitItems(2, DEADLINE);

        // When
        watch.heard(0).await().atMost(DEADLINE);
        watch.heard(0).await().atMost(DEADLINE);

        // Then
        assertThat(ids(heard)).containsExactly(null, 1L);
        assertThat(shelf.reads).isEqualTo(1);
        heard.request(600).awaitItems(501, DEADLINE);
        assertThat(shelf.reads).isEqualTo(10);
    }

    @Test
    void silence_is_broken_now_and_then() {
        // Given
        shelf.holds(ALICE, 0);
        heartbeat = SOON;

        // When
        var heard = listen(null, 4);

        // Then
        heard.awaitItems(4, DEADLINE);
        assertThat(ids(heard)).containsOnlyNulls();
    }

    @Test
    void a_stream_ends_when_its_customer_is_erased() {
        // Given
        shelf.holds(ALICE, 1);
        var heard = listen(null, Long.MAX_VALUE);

        // When
        shelf.last.clear();
        watch.heard(0).await().atMost(DEADLINE);

        // Then
        heard.awaitCompletion(DEADLINE);
        assertThat(watch.taken()).isZero();
    }

    @Test
    void streams_end_when_the_service_does_and_none_is_opened_after() {
        // Given
        shelf.holds(ALICE, 1);
        var heard = listen(null, Long.MAX_VALUE);

        // When
        watch.end(new ShutdownEvent());

        // Then
        heard.awaitCompletion(DEADLINE);
        assertThat(watch.taken()).isZero();
        assertThat(refusal().detail()).startsWith("This process is stopping");
    }

    @Test
    void a_stream_does_not_last_for_ever() {
        try (var stopped = clock.stop()) {
            // Given
            shelf.holds(ALICE, 1);
            var heard = listen(null, Long.MAX_VALUE);

            // When
            clock.advance(Duration.ofMinutes(31));
            shelf.holds(ALICE, 2);
            watch.heard(0).await().atMost(DEADLINE);

            // Then
            heard.awaitCompletion(DEADLINE);
            assertThat(ids(heard)).containsExactly(null, 2L);
        }
    }

    @Test
    void a_customer_has_so_many_and_who_leaves_makes_room() {
        // Given
        shelf.holds(ALICE, 0);
        var first = listen(null, Long.MAX_VALUE);
        var second = listen(null, Long.MAX_VALUE);
        assertThat(refusal()).satisfies(full -> {
            assertThat(full.status()).isEqualTo(503);
            assertThat(full.detail()).startsWith("The customer has 2 streams open here");
            assertThat(full.more()).containsEntry("retryAfterSeconds", 5L);
        });

        // When
        first.cancel();

        // Then
        assertThat(watch.taken()).isEqualTo(1);
        listen(null, Long.MAX_VALUE).awaitItems(1, DEADLINE);
        assertThat(watch.taken()).isEqualTo(2);
        second.cancel();
    }

    @Test
    void a_tenant_has_so_many_and_another_one_finds_room() {
        // Given
        List.of(ALICE, "bob", "carol").forEach(customer -> shelf.holds(customer, 0));
        shelf.last.put(new RecipientKey("other", ALICE), 0L);
        var first = listen(TENANT, ALICE);
        listen(TENANT, "bob");
        listen(TENANT, "carol");

        // Then
        assertThatThrownBy(() -> listen(TENANT, ALICE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("3 streams");
        listen("other", ALICE).awaitItems(1, DEADLINE);
        first.cancel();
        listen(TENANT, ALICE).awaitItems(1, DEADLINE);
    }

    @Test
    void a_tenant_s_streams_take_a_quarter_of_all_connections_and_those_of_all_tenants_half_whatever_is_set() {
        // Given
        connections = 8;
        var tenants = List.of("a", "b", "c");
        tenants.forEach(tenant -> List.of(ALICE, "bob", "carol")
                .forEach(customer -> shelf.last.put(new RecipientKey(tenant, customer), 0L)));
        listen("a", ALICE);
        listen("a", "bob");

        // Then
        var ofOne = catchThrowableOfType(ProblemException.class, () -> listen("a", "carol"))
                .problem();
        assertThat(ofOne.status()).isEqualTo(429);
        assertThat(ofOne.detail()).startsWith("Your customers have 2 streams open here");
        listen("b", ALICE);
        listen("b", "bob");
        var ofAll = catchThrowableOfType(ProblemException.class, () -> listen("c", ALICE))
                .problem();
        assertThat(ofAll.status()).isEqualTo(503);
        assertThat(ofAll.detail()).startsWith("4 streams are open here");
        assertThat(watch.taken()).isEqualTo(4);
    }

    @Test
    void whoever_comes_while_the_last_place_is_being_looked_up_for_is_refused() {
        // Given
        shelf.holds(ALICE, 0);
        shelf.slow = true;
        var first = listen(null, Long.MAX_VALUE);
        listen(null, Long.MAX_VALUE);

        // Then
        assertThat(refusal().detail()).startsWith("The customer has 2 streams open here");
        first.cancel();
        assertThat(watch.taken()).isEqualTo(1);
    }

    @Test
    void a_stream_ends_when_its_listener_may_not_listen_any_more() {
        // Given
        shelf.holds(ALICE, 1);
        var revocation = new AtomicReference<UniEmitter<? super Void>>();
        var revoked = Uni.createFrom().<Void>emitter(revocation::set);
        var heard = streams()
                .open(TENANT, ALICE, null, revoked)
                .subscribe()
                .withSubscriber(AssertSubscriber.<StreamItem>create(Long.MAX_VALUE));
        heard.awaitItems(1, DEADLINE);

        // When
        revocation.get().complete(null);
        shelf.holds(ALICE, 2);
        watch.heard(0).await().atMost(DEADLINE);

        // Then
        heard.awaitCompletion(DEADLINE);
        assertThat(ids(heard)).containsOnlyNulls();
        assertThat(watch.taken()).isZero();
    }

    @Test
    void a_database_that_is_away_ends_the_stream_and_no_listener_sees_why() {
        // Given
        shelf.holds(ALICE, 0);
        var heard = listen(null, Long.MAX_VALUE);
        shelf.holds(ALICE, 1);
        shelf.away = true;

        // When
        watch.heard(0).await().atMost(DEADLINE);

        // Then
        heard.awaitCompletion(DEADLINE);
        assertThat(watch.taken()).isZero();
    }

    @Test
    void nobody_is_asked_about_when_nobody_listens() {
        // Given
        shelf.holds(ALICE, 0);
        listen(null, Long.MAX_VALUE).cancel();
        var asked = shelf.asked;

        // When
        watch.heard(0).await().atMost(DEADLINE);

        // Then
        assertThat(shelf.asked).isEqualTo(asked);
    }

    @Test
    void nobody_listens_to_whom_nobody_knows() {
        streams()
                .open(TENANT, "nobody", null, Uni.createFrom().nothing())
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1))
                .awaitCompletion(DEADLINE)
                .assertHasNotReceivedAnyItem();
    }

    private Problem refusal() {
        return catchThrowableOfType(ProblemException.class, () -> listen(null, 1))
                .problem();
    }

    private AssertSubscriber<StreamItem> listen(Long after, long demand) {
        Multi<StreamItem> stream =
                streams().open(TENANT, ALICE, after, Uni.createFrom().nothing());
        return stream.subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    private AssertSubscriber<StreamItem> listen(String tenant, String customer) {
        return streams()
                .open(tenant, customer, null, Uni.createFrom().nothing())
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private InboxStreams streams() {
        return new InboxStreams(
                shelf,
                watch,
                new Straight(),
                new InboxSettings() {
                    @Override
                    public Duration heartbeat() {
                        return heartbeat;
                    }

                    @Override
                    public Duration longest() {
                        return Duration.ofMinutes(30);
                    }

                    @Override
                    public int perCustomer() {
                        return 2;
                    }

                    @Override
                    public int perTenant() {
                        return 3;
                    }

                    @Override
                    public int all() {
                        return 100;
                    }
                },
                new ConnectionLimit(connections),
                clock);
    }

    private static List<Long> ids(AssertSubscriber<StreamItem> heard) {
        return heard.getItems().stream()
                .map(StreamItem::message)
                .map(message -> message == null ? null : message.id())
                .toList();
    }

    /** Inboxes without a database. */
    private static final class Shelf extends PgInbox {

        private final Map<RecipientKey, Long> last = new HashMap<>();
        private int reads;
        private int asked;
        private boolean away;
        private boolean slow;

        private void holds(String customer, long messages) {
            last.put(new RecipientKey(TENANT, customer), messages);
        }

        @Override
        Uni<Map<RecipientKey, Long>> last(Tx tx, List<RecipientKey> keys) {
            asked++;
            var known = new HashMap<>(last);
            known.keySet().retainAll(keys);
            return slow ? Uni.createFrom().nothing() : Uni.createFrom().item(known);
        }

        @Override
        Uni<List<InboxMessage>> following(Tx tx, String tenant, String customerId, long after, int limit) {
            reads++;
            if (away) {
                return Uni.createFrom().failure(new IllegalStateException("the database is away"));
            }
            var end = Objects.requireNonNull(last.get(new RecipientKey(tenant, customerId)));
            return Uni.createFrom()
                    .item(new ArrayList<>(LongStream.rangeClosed(after + 1, Math.min(end, after + limit))
                            .mapToObj(n ->
                                    new InboxMessage(n, "01", null, null, null, "text " + n, null, Instant.EPOCH, null))
                            .toList()));
        }
    }

    private static final class Straight implements Transactions {

        @Override
        public <T> Uni<T> inTransaction(Function<Tx, Uni<T>> work) {
            return work.apply(new Tx() {});
        }
    }
}
