package dev.carillon.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.TestProviders;
import dev.carillon.delivery.circuit.TestCircuits;
import dev.carillon.delivery.outbox.ClaimedDeliveries;
import dev.carillon.delivery.outbox.FakeOutbox;
import dev.carillon.delivery.outbox.Lanes;
import dev.carillon.platform.batch.Pace;
import dev.carillon.platform.limit.TestBuckets;
import dev.carillon.testing.SettableClock;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatchLoopTest {

    private final ProviderSelection selection =
            new ProviderSelection(TestCircuits.off(), ProviderLimitsTest.none(), Clock.systemUTC());
    private final FakeOutbox outbox = new FakeOutbox();
    private final FakeSender sender = new FakeSender();

    @Test
    void claims_no_more_than_there_are_free_places() {
        // Given
        var loop = loop(3);

        // When
        loop.look();
        outbox.lease(2);
        loop.look();
        outbox.lease(1);
        loop.look();

        // Then
        assertThat(outbox.limits).containsExactly(3, 1);

        // When
        sender.finishOne();

        // Then
        assertThat(outbox.limits).containsExactly(3, 1, 1);
    }

    @Test
    void looks_again_after_a_look_that_came_while_it_was_claiming_and_only_then() {
        // Given
        var loop = loop(10);
        loop.look();

        // When
        loop.look();
        loop.look();
        outbox.lease(0);
        outbox.lease(0);

        // Then
        assertThat(outbox.limits).containsExactly(10, 10);
        assertThat(outbox.claims).isEmpty();
    }

    @Test
    void claims_again_after_a_full_batch_as_soon_as_a_place_is_free() {
        // Given
        var loop = loop(2);
        loop.look();
        outbox.lease(2);
        assertThat(outbox.claims).isEmpty();

        // When
        sender.finishOne();

        // Then
        assertThat(outbox.limits).containsExactly(2, 1);
    }

    @Test
    void has_one_found_out_with_that_was_not_tried_while_the_provider_is_probed() {
        // Given
        var clock = new SettableClock();
        try (var stopped = clock.stop()) {
            var database = new TestCircuits();
            var circuits = database.replica(clock, Map.of());
            var channel = new FakeChannel(leased -> Uni.createFrom().nothing());
            for (int i = 0; i < 20; i++) {
                circuits.ended(
                        channel,
                        channel.routes().get(0),
                        null,
                        "delivery-" + i,
                        new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));
            }
            circuits.heard(database.changes()).await().indefinitely();
            clock.advance(Duration.ofSeconds(15));
            circuits.heard(database.changes()).await().indefinitely();
            var loop = new DispatchLoop(
                    channel,
                    outbox,
                    sender,
                    new ProviderSelection(circuits, ProviderLimitsTest.none(), Clock.systemUTC()),
                    new FakeSettings(10),
                    Pace.AT_ONCE,
                    Pace.AT_ONCE);

            // When
            loop.look();

            // Then
            assertThat(outbox.limits).containsExactly(1);
            assertThat(outbox.probes).isEqualTo(1);
        }
    }

    @Test
    void lives_on_after_a_claim_that_failed_or_could_not_even_be_made() {
        // Given
        var loop = loop(2);
        outbox.broken = true;
        loop.look();
        outbox.broken = false;
        loop.look();
        outbox.claims.remove().answer().completeExceptionally(new IllegalStateException("the database is away"));

        // When
        loop.look();
        outbox.lease(1);

        // Then
        assertThat(sender.underway).hasSize(1);
    }

    @Test
    void frees_the_place_of_a_delivery_whose_completion_could_not_be_written() {
        // Given
        var loop = loop(1);
        loop.look();
        outbox.lease(1);

        // When
        sender.underway.remove().completeExceptionally(new IllegalStateException("the database is away"));

        // Then
        assertThat(outbox.limits).containsExactly(1, 1);

        // When
        sender.throwing = true;
        outbox.lease(1);

        // Then
        assertThat(outbox.limits).containsExactly(1, 1, 1);
    }

    @Test
    void stops_claiming_and_is_stopped_when_everything_underway_is_written_down() {
        // Given
        var loop = loop(5);
        loop.look();
        outbox.lease(2);
        loop.look();

        // When
        var stopped = loop.stop().subscribeAsCompletionStage();

        // Then
        assertThat(stopped).isNotDone();
        outbox.lease(1);
        assertThat(outbox.released).as("it came too late to be sent").hasSize(1);
        assertThat(sender.underway).hasSize(2);
        loop.look();
        assertThat(outbox.claims).isEmpty();
        sender.finishOne();
        assertThat(stopped).isNotDone();
        sender.finishOne();
        assertThat(stopped).isDone();
    }

    @Test
    void is_stopped_at_once_when_it_is_idle() {
        // Then
        assertThat(loop(5).stop().subscribeAsCompletionStage()).isDone();
    }

    @Test
    void loses_no_wake_up_and_keeps_to_its_places_whatever_thread_rings() throws InterruptedException {
        // Given
        var threads = Executors.newFixedThreadPool(6);
        var pool = Executors.newFixedThreadPool(4);
        var due = new ConcurrentLinkedQueue<LeasedDelivery>();
        var underway = new AtomicInteger();
        var mostUnderway = new AtomicInteger();
        var all = new CountDownLatch(6_000);
        var outbox = new FakeOutbox() {
            @Override
            public Uni<ClaimedDeliveries> claim(String channel, Lanes lanes, Duration lease) {
                return Uni.createFrom()
                        .item(() -> {
                            var leased = new ArrayList<LeasedDelivery>();
                            for (var one = due.poll();
                                    one != null;
                                    one = leased.size() < lanes.places() ? due.poll() : null) {
                                leased.add(one);
                            }
                            return new ClaimedDeliveries(leased, false, false, Lanes.FROM_THE_FIRST);
                        })
                        .runSubscriptionOn(pool);
            }
        };
        var sender = new FakeSender() {
            @Override
            Uni<Void> send(Channel channel, LeasedDelivery leased) {
                mostUnderway.accumulateAndGet(underway.incrementAndGet(), Math::max);
                return Uni.createFrom().voidItem().emitOn(pool).invoke(() -> {
                    underway.decrementAndGet();
                    all.countDown();
                });
            }
        };
        var loop = new DispatchLoop(
                new FakeChannel(leased -> Uni.createFrom().nothing()),
                outbox,
                sender,
                selection,
                new FakeSettings(7),
                Pace.AT_ONCE,
                Pace.AT_ONCE);

        // When
        for (int thread = 0; thread < 6; thread++) {
            threads.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    due.add(TestDeliveries.leased(TestDeliveries.delivery("test", 1), 1, Instant.EPOCH));
                    loop.look();
                }
            });
        }

        // Then
        assertThat(all.await(30, TimeUnit.SECONDS)).as("no sweep comes to help").isTrue();
        assertThat(mostUnderway.get()).isBetween(1, 7);
        loop.stop().await().atMost(Duration.ofSeconds(10));
        threads.shutdown();
        pool.shutdown();
    }

    @Test
    void bulk_on_its_way_leaves_places_for_what_is_urgent() {
        // Given
        var loop = loop(10);
        loop.look();
        assertThat(outbox.claims.element().what())
                .extracting(Lanes::places, Lanes::bulk, Lanes::low)
                .containsExactly(10, 9, 7);
        outbox.lease(7, 2);

        // When
        loop.look();

        // Then
        assertThat(outbox.claims.element().what())
                .extracting(Lanes::places, Lanes::bulk, Lanes::low)
                .containsExactly(3, 2, 0);
        outbox.lease(2, 1);
        loop.look();
        assertThat(outbox.claims.element().what())
                .extracting(Lanes::places, Lanes::bulk, Lanes::low)
                .containsExactly(1, 0, 0);
        outbox.lease(1, 0);
    }

    @Test
    void a_lane_that_had_all_its_places_is_looked_at_when_one_is_free() {
        // Given
        var loop = loop(10);
        loop.look();
        outbox.lease(7, 2);
        assertThat(outbox.claims).isEmpty();

        // When
        sender.finishOne();

        // Then
        assertThat(outbox.claims.element().what())
                .extracting(Lanes::places, Lanes::low)
                .containsExactly(4, 1);
    }

    @Test
    void admits_what_is_due_once_a_claim_has_found_nothing_left() {
        // Given
        var loop = loop(20);
        var due = due(3);

        // Then
        assertThat(loop.admit(due)).as("nobody knows yet what waits").isEmpty();
        loop.look();
        assertThat(loop.admit(due)).as("it is being claimed").isEmpty();
        outbox.lease(2);
        assertThat(loop.admit(due)).isEqualTo(due);
    }

    @Test
    void sends_what_was_admitted_and_its_place_is_free_when_it_has_ended() {
        // Given
        var loop = drained(3);
        var due = due(2);
        loop.admit(due);

        // When
        loop.start(leased(due));

        // Then
        assertThat(sender.underway).hasSize(2);
        assertThat(loop.admit(due(2))).as("the third for bulk, of three").hasSize(1);
        sender.finishOne();
    }

    @Test
    void admits_nothing_more_once_something_has_to_wait_until_a_claim_has_found_nothing_left() {
        // Given
        var loop = drained(10);
        var admitted = loop.admit(due(12));
        assertThat(admitted).hasSize(9);

        // When
        loop.giveBack(admitted);

        // Then
        assertThat(loop.admit(due(1))).isEmpty();
        loop.look();
        outbox.lease(3);
        assertThat(loop.admit(due(1))).hasSize(1);
    }

    @Test
    void a_claim_that_got_all_it_asked_for_stops_the_admission() {
        // Given
        var loop = drained(10);

        // When
        loop.look();
        outbox.lease(10, 0);

        // Then
        sender.finishOne();
        assertThat(loop.admit(due(1))).isEmpty();
    }

    @Test
    void a_claim_that_finds_no_place_stops_the_admission() {
        // Given
        var loop = drained(10);
        var admitted = new ArrayList<>(loop.admit(due(9)));
        admitted.addAll(loop.admit(List.of(TestDeliveries.delivery("test", 0))));
        assertThat(admitted).hasSize(10);

        // When
        loop.look();
        assertThat(outbox.claims).isEmpty();
        loop.giveBack(admitted.subList(0, 1));

        // Then
        assertThat(outbox.claims).hasSize(1);
        assertThat(loop.admit(due(1))).isEmpty();
    }

    @Test
    void a_claim_that_failed_stops_the_admission() {
        // Given
        var loop = drained(10);

        // When
        loop.look();
        outbox.claims.remove().answer().completeExceptionally(new IllegalStateException("the database is away"));

        // Then
        assertThat(loop.admit(due(1))).isEmpty();
    }

    @Test
    void a_claim_and_the_admission_leave_each_other_some_places() {
        // Given
        var loop = drained(160);

        // When
        loop.look();

        // Then
        assertThat(outbox.limits).endsWith(150);
        assertThat(loop.admit(due(10))).hasSize(10);
        outbox.lease(0);
        var paused = new AtomicReference<Runnable>();
        var waiting = new DispatchLoop(
                new FakeChannel(leased -> Uni.createFrom().nothing()),
                outbox,
                sender,
                selection,
                new FakeSettings(160),
                paused::set,
                Pace.AT_ONCE);
        waiting.look();
        paused.get().run();
        outbox.lease(0);
        waiting.look();
        assertThat(waiting.admit(due(160))).as("a claim is about to come").hasSize(134);
    }

    @Test
    void a_circuit_that_is_not_closed_and_a_limit_stop_the_admission() {
        // Given
        var limited = new ProviderSelection(
                TestCircuits.off(),
                new ProviderLimits(
                        TestProviders.settings(Map.of("carillon.delivery.test.rate-limit.fake", "1000")),
                        new TestBuckets().replica(Clock.systemUTC())),
                Clock.systemUTC());
        var circuits = new TestCircuits().replica(new SettableClock(), Map.of());
        var channel = new FakeChannel(leased -> Uni.createFrom().nothing());
        var broken = new ProviderSelection(circuits, ProviderLimitsTest.none(), Clock.systemUTC());
        assertThat(broken.admitsUnclaimed(channel)).isPositive();

        // When
        for (int i = 0; i < 20; i++) {
            circuits.ended(
                    channel,
                    channel.routes().get(0),
                    null,
                    "delivery-" + i,
                    new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));
        }

        // Then
        assertThat(broken.admitsUnclaimed(channel)).isZero();
        assertThat(limited.admitsUnclaimed(channel)).isZero();
    }

    @Test
    void a_stop_waits_for_what_was_admitted_and_releases_what_had_not_started() {
        // Given
        var loop = drained(10);
        var committed = due(2);
        var rolledBack = due(1);
        loop.admit(committed);
        loop.admit(rolledBack);

        // When
        var stopped = loop.stop().subscribeAsCompletionStage();

        // Then
        assertThat(loop.admit(due(1))).isEmpty();
        assertThat(stopped).isNotDone();
        loop.start(leased(committed));
        assertThat(sender.underway).isEmpty();
        assertThat(outbox.released).extracting(LeasedDelivery::delivery).isEqualTo(committed);
        assertThat(stopped).isNotDone();
        loop.giveBack(rolledBack);
        assertThat(stopped).isDone();
    }

    @Test
    void claims_and_admissions_together_keep_to_the_places() throws InterruptedException {
        // Given
        int all = 40;
        var threads = Executors.newFixedThreadPool(4);
        var pool = Executors.newFixedThreadPool(4);
        var due = new ConcurrentLinkedQueue<LeasedDelivery>();
        var underway = new AtomicInteger();
        var mostUnderway = new AtomicInteger();
        var admittedAtAll = new AtomicInteger();
        var left = new CountDownLatch(8_000);
        var outbox = new FakeOutbox() {
            @Override
            public Uni<ClaimedDeliveries> claim(String channel, Lanes lanes, Duration lease) {
                return Uni.createFrom()
                        .item(() -> {
                            var leased = new ArrayList<LeasedDelivery>();
                            while (leased.size() < lanes.bulk() && !due.isEmpty()) {
                                var one = due.poll();
                                if (one != null) {
                                    leased.add(one);
                                }
                            }
                            return new ClaimedDeliveries(leased, !due.isEmpty(), false, Lanes.FROM_THE_FIRST);
                        })
                        .runSubscriptionOn(pool);
            }
        };
        var sender = new FakeSender() {
            @Override
            Uni<Void> send(Channel channel, LeasedDelivery leased) {
                mostUnderway.accumulateAndGet(underway.incrementAndGet(), Math::max);
                return Uni.createFrom().voidItem().emitOn(pool).invoke(() -> {
                    underway.decrementAndGet();
                    left.countDown();
                });
            }
        };
        var loop = new DispatchLoop(
                new FakeChannel(leased -> Uni.createFrom().nothing()),
                outbox,
                sender,
                selection,
                new FakeSettings(all),
                Pace.AT_ONCE,
                Pace.AT_ONCE);

        loop.look();

        // When
        for (int thread = 0; thread < 4; thread++) {
            threads.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    while (i % 20 == 0 && (!due.isEmpty() || underway.get() > 0)) {
                        Thread.yield(); // so that a claim finds nothing left now and then
                    }
                    var two = due(2);
                    var admitted = loop.admit(two);
                    admittedAtAll.addAndGet(admitted.size());
                    loop.start(leased(admitted));
                    var others = new ArrayList<>(two);
                    others.removeAll(admitted);
                    due.addAll(leased(others));
                    if (!others.isEmpty() || i % 100 == 0) {
                        loop.look();
                    }
                }
            });
        }

        // Then
        assertThat(left.await(30, TimeUnit.SECONDS))
                .as("no sweep comes to help")
                .isTrue();
        assertThat(mostUnderway.get()).isBetween(1, all);
        assertThat(admittedAtAll.get()).isPositive();
        loop.stop().await().atMost(Duration.ofSeconds(10));
        threads.shutdown();
        pool.shutdown();
    }

    private DispatchLoop drained(int places) {
        var loop = loop(places);
        loop.look();
        outbox.lease(0);
        return loop;
    }

    private static List<Delivery> due(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> TestDeliveries.delivery("test", 1))
                .toList();
    }

    private static List<LeasedDelivery> leased(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(one -> TestDeliveries.leased(one, 1, Instant.EPOCH))
                .toList();
    }

    @Test
    void places_that_were_offered_to_a_lane_below_and_not_used_are_claimed_again_without_a_bell() {
        // Given: a claim that leaves some places took all it asked for, so the next one offers the rest to the lane
        // below
        var loop = loop(500);
        loop.look();
        outbox.lease(0);
        loop.look();
        outbox.lease(419, 1, true);
        assertThat(outbox.claims.peek().what().normal()).isZero();

        // When: there is nothing in the lane below
        outbox.lease(0);

        // Then
        assertThat(outbox.claims).isNotEmpty();
        assertThat(outbox.claims.peek().what().normal()).isPositive();
    }

    private DispatchLoop loop(int places) {
        return new DispatchLoop(
                new FakeChannel(leased -> Uni.createFrom().nothing()),
                outbox,
                sender,
                selection,
                new FakeSettings(places),
                Pace.AT_ONCE,
                Pace.AT_ONCE);
    }

    private static class FakeSender extends Sender {

        private final Deque<CompletableFuture<Void>> underway = new ArrayDeque<>();
        private boolean throwing;

        FakeSender() {
            super(null, null, null, null, null);
        }

        @Override
        Uni<Void> send(Channel channel, LeasedDelivery leased) {
            if (throwing) {
                throwing = false;
                throw new IllegalStateException("a bug");
            }
            var done = new CompletableFuture<Void>();
            underway.add(done);
            return Uni.createFrom().completionStage(done);
        }

        void finishOne() {
            underway.remove().complete(null);
        }
    }
}
