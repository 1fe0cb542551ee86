package dev.carillon.eventsourced.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules that cost much share their event loop with everybody else. */
class EventLoopYieldTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void who_waits_for_the_event_loop_is_let_in_between_dear_rules() throws Exception {
        // When
        var order = worked(10_000, 6);

        // Then
        assertThat(order).containsExactly("rule 0", "rule 1", "rule 2", "somebody else", "rule 3", "rule 4", "rule 5");
    }

    @Test
    void usual_rules_are_answered_in_one_go() throws Exception {
        // When
        var order = worked(100, 200);

        // Then
        assertThat(order).hasSize(201).endsWith("somebody else");
    }

    @Test
    void a_limit_on_what_was_spent_ends_the_work_with_the_group_that_reaches_it() {
        // Given
        var turns = new EventLoopYield();
        var reached = new ArrayList<List<Integer>>();
        var worked = new ArrayList<Integer>();
        var items = Stream.of(List.of(1, 2), List.<Integer>of(), List.of(3, 4), List.of(5))
                .takeWhile(group -> turns.spent() < 40)
                .peek(reached::add)
                .flatMap(List::stream);

        // When
        turns.each(items.iterator(), item -> {
                    worked.add(item);
                    return 10;
                })
                .await()
                .indefinitely();

        // Then
        assertThat(worked).containsExactly(1, 2, 3, 4);
        assertThat(reached).containsExactly(List.of(1, 2), List.of(), List.of(3, 4));
    }

    private List<String> worked(long steps, int rules) throws Exception {
        var order = new ArrayList<String>();
        var done = new CompletableFuture<Void>();
        vertx.getOrCreateContext().runOnContext(begin -> {
            Vertx.currentContext().runOnContext(waiting -> {
                order.add("somebody else");
                if (order.size() > rules) {
                    done.complete(null);
                }
            });
            new EventLoopYield()
                    .each(IntStream.range(0, rules).boxed().toList(), rule -> {
                        order.add("rule " + rule);
                        return steps;
                    })
                    .subscribe()
                    .with(
                            worked -> {
                                if (order.size() > rules) {
                                    done.complete(null);
                                }
                            },
                            done::completeExceptionally);
        });
        done.get(10, TimeUnit.SECONDS);
        return order;
    }
}
