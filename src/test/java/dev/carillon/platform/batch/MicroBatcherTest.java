package dev.carillon.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.batch.MicroBatcher.Bounds;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MicroBatcherTest {

    /** A commit that waits until the test lets it end. */
    private record Commit(List<Integer> items, CompletableFuture<List<String>> result) {

        void succeed() {
            result.complete(items.stream().map(item -> "done " + item).toList());
        }

        void fail(RuntimeException cause) {
            result.completeExceptionally(cause);
        }
    }

    private final List<Commit> commits = new CopyOnWriteArrayList<>();

    @Test
    void answers_each_submitter_with_its_own_answer_after_the_commit() {
        // Given
        var batcher = batcher(new Bounds(10, 1, 100));
        var answers = submitted(batcher, 0, 4);
        assertThat(answers).noneMatch(CompletableFuture::isDone);

        // When
        commits.get(0).succeed();
        commits.get(1).succeed();

        // Then
        assertThat(commits).extracting(Commit::items).containsExactly(List.of(0), List.of(1, 2, 3));
        assertThat(answers).extracting(CompletableFuture::join).containsExactly("done 0", "done 1", "done 2", "done 3");
    }

    @Test
    void commits_no_more_at_once_and_no_larger_than_it_may() {
        // Given
        var batcher = batcher(new Bounds(3, 2, 100));

        // When
        submitted(batcher, 0, 10);

        // Then
        assertThat(commits).extracting(Commit::items).containsExactly(List.of(0), List.of(1));
        assertThat(batcher.waiting()).isEqualTo(8);

        // When
        commits.get(0).succeed();

        // Then
        assertThat(commits).extracting(Commit::items).containsExactly(List.of(0), List.of(1), List.of(2, 3, 4));
        assertThat(batcher.waiting()).isEqualTo(5);
    }

    @Test
    void refuses_at_once_what_finds_the_queue_full_and_takes_again_when_it_is_not() {
        // Given
        var batcher = batcher(new Bounds(5, 1, 2));
        submitted(batcher, 0, 3);

        // When
        var refused = submitted(batcher, 3, 4).get(0);

        // Then
        assertThat(refused).isCompletedExceptionally();
        assertThat(refused.handle((answer, failure) -> failure).join()).isInstanceOf(Overloaded.class);

        // When
        commits.get(0).succeed();
        var taken = submitted(batcher, 4, 5).get(0);
        commits.get(1).succeed();
        commits.get(2).succeed();

        // Then
        assertThat(taken.join()).isEqualTo("done 4");
    }

    @Test
    void tries_a_batch_again_item_by_item_when_one_item_may_be_to_blame() {
        // Given
        var batcher = new MicroBatcher<Integer, String>(
                new Bounds(10, 1, 100), Pace.AT_ONCE, failure -> failure instanceof IllegalArgumentException, items -> {
                    var commit = new Commit(items, new CompletableFuture<>());
                    commits.add(commit);
                    if (items.size() == 1 && items.get(0) > 0) { // item by item
                        if (items.get(0) == 2) {
                            commit.fail(new IllegalArgumentException("poison"));
                        } else {
                            commit.succeed();
                        }
                    }
                    return Uni.createFrom().completionStage(commit.result());
                });
        var answers = submitted(batcher, 0, 4);
        commits.get(0).succeed();

        // When
        commits.get(1).fail(new IllegalArgumentException("one of them"));

        // Then
        assertThat(commits)
                .extracting(Commit::items)
                .containsExactly(List.of(0), List.of(1, 2, 3), List.of(1), List.of(2), List.of(3));
        assertThat(answers.get(1).join()).isEqualTo("done 1");
        assertThat(answers.get(2)).isCompletedExceptionally();
        assertThat(answers.get(3).join()).isEqualTo("done 3");
        assertThat(submitted(batcher, 9, 10).get(0).join()).isEqualTo("done 9");
    }

    @Test
    void fails_the_whole_batch_once_when_no_item_is_to_blame() {
        // Given
        var batcher = batcher(new Bounds(10, 1, 100));
        var answers = submitted(batcher, 0, 4);
        commits.get(0).succeed();

        // When
        commits.get(1).fail(new IllegalStateException("the database is away"));

        // Then
        assertThat(commits).hasSize(2);
        assertThat(answers.subList(1, 4)).allMatch(CompletableFuture::isCompletedExceptionally);

        // When
        var next = submitted(batcher, 4, 5).get(0);
        commits.get(2).succeed();

        // Then
        assertThat(next.join()).isEqualTo("done 4");
    }

    @Test
    void survives_a_full_batch_of_failures_that_all_come_at_once() {
        // Given
        var first = new CompletableFuture<List<String>>();
        var called = new AtomicInteger();
        var batcher = new MicroBatcher<Integer, String>(
                new Bounds(20_000, 1, 20_000),
                Pace.AT_ONCE,
                failure -> true,
                items -> called.getAndIncrement() == 0
                        ? Uni.createFrom().completionStage(first)
                        : Uni.createFrom().failure(new IllegalArgumentException()));
        var answers = submitted(batcher, 0, 20_000);

        // When
        first.complete(List.of("done 0"));

        // Then
        assertThat(answers.subList(1, 20_000)).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(batcher.waiting()).isZero();
    }

    @Test
    void fails_its_submitters_rather_than_forget_them_when_the_commit_throws_or_gives_too_few_answers() {
        // Given
        var throwing =
                new MicroBatcher<Integer, String>(new Bounds(10, 1, 100), Pace.AT_ONCE, failure -> false, items -> {
                    throw new IllegalStateException("no pool");
                });
        var miscounting = new MicroBatcher<Integer, String>(
                new Bounds(10, 1, 100),
                Pace.AT_ONCE,
                failure -> false,
                items -> Uni.createFrom().item(List.of()));
        var silent = new MicroBatcher<Integer, String>(
                new Bounds(10, 1, 100),
                Pace.AT_ONCE,
                failure -> false,
                items -> Uni.createFrom().nullItem());

        // Then
        for (var batcher : List.of(throwing, miscounting, silent)) {
            assertThat(submitted(batcher, 0, 3)).allMatch(CompletableFuture::isCompletedExceptionally);
        }
    }

    @Test
    void commits_what_its_submitter_no_longer_waits_for() {
        // Given
        var batcher = batcher(new Bounds(10, 1, 100));
        submitted(batcher, 0, 1);
        var answered = new AtomicInteger();
        var waiting = batcher.submit(1).subscribe().with(answer -> answered.incrementAndGet());
        var neighbour = submitted(batcher, 2, 3).get(0);

        // When
        waiting.cancel();
        commits.get(0).succeed();
        commits.get(1).succeed();

        // Then
        assertThat(commits.get(1).items()).containsExactly(1, 2);
        assertThat(answered).hasValue(0);
        assertThat(neighbour.join()).isEqualTo("done 2");
    }

    @Test
    void loses_nothing_of_many_submitters_on_many_threads() throws InterruptedException {
        // Given
        var threads = Executors.newFixedThreadPool(8);
        var pool = Executors.newFixedThreadPool(4);
        var committed = ConcurrentHashMap.<Integer>newKeySet();
        var inFlight = new AtomicInteger();
        var mostInFlight = new AtomicInteger();
        var batcher =
                new MicroBatcher<Integer, String>(new Bounds(50, 3, 10_000), Pace.AT_ONCE, failure -> false, items -> {
                    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    return Uni.createFrom()
                            .item(() -> {
                                committed.addAll(items);
                                return items.stream()
                                        .map(item -> "done " + item)
                                        .toList();
                            })
                            .runSubscriptionOn(pool)
                            .onTermination()
                            .invoke(() -> inFlight.decrementAndGet());
                });
        var answered = new CountDownLatch(8_000);
        var right = new AtomicInteger();

        // When
        IntStream.range(0, 8)
                .forEach(thread -> threads.submit(() -> IntStream.range(thread * 1000, thread * 1000 + 1000)
                        .forEach(item -> batcher.submit(item).subscribe().with(answer -> {
                            right.addAndGet(answer.equals("done " + item) ? 1 : 0);
                            answered.countDown();
                        }))));

        // Then
        assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(right).hasValue(8_000);
        assertThat(committed).hasSize(8_000);
        assertThat(mostInFlight.get()).isBetween(1, 3);
        threads.shutdown();
        pool.shutdown();
    }

    private MicroBatcher<Integer, String> batcher(Bounds bounds) {
        return new MicroBatcher<>(
                bounds, Pace.AT_ONCE, failure -> failure instanceof IllegalArgumentException, items -> {
                    var commit = new Commit(items, new CompletableFuture<>());
                    commits.add(commit);
                    return Uni.createFrom().completionStage(commit.result());
                });
    }

    private static List<CompletableFuture<String>> submitted(MicroBatcher<Integer, String> batcher, int from, int to) {
        var answers = new ArrayList<CompletableFuture<String>>();
        for (int item = from; item < to; item++) {
            answers.add(batcher.submit(item).subscribeAsCompletionStage());
        }
        return answers;
    }
}
