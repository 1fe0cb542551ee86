package dev.carillon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private final BodyBudget budget = new BodyBudget(1_000);

    @Test
    void strangers_cannot_use_up_what_those_with_a_key_need() {
        var strangers = budget.share(true);

        assertThat(strangers.take(250)).isTrue();
        assertThat(budget.share(true).take(1)).isFalse();
        assertThat(budget.share(false).take(750)).isTrue();
        assertThat(budget.share(false).take(1)).isFalse();
    }

    @Test
    void what_a_request_held_is_there_again_once_it_has_ended_and_only_once() {
        var one = budget.share(false);
        one.take(600);
        var other = budget.share(false);
        other.take(400);

        one.letGo();
        one.letGo();

        assertThat(budget.held()).isEqualTo(400);
        assertThat(budget.share(false).take(600)).isTrue();
        assertThat(one.take(1)).as("after its end").isFalse();
    }

    @Test
    void what_a_body_becomes_counts_but_the_largest_is_taken_when_nobody_else_is_there() {
        var alone = budget.share(false);
        alone.take(700);

        assertThat(alone.takeUpTo(5_000)).isTrue();

        assertThat(budget.held()).isEqualTo(950);
        assertThat(budget.share(false).takeUpTo(5_000)).isFalse();
        assertThat(budget.share(false).takeUpTo(0)).isTrue();
    }

    @Test
    void of_a_large_body_its_values_are_counted() {
        assertThat(Bodies.heldAsValues(Buffer.buffer("[" + "{},".repeat(10_000) + "{}]"))).isEqualTo(32 * 20_002L);
        assertThat(Bodies.heldAsValues(Buffer.buffer("\"" + "x".repeat(30_000) + "\""))).isZero();
        assertThat(Bodies.heldAsValues(Buffer.buffer("[{},{}]"))).as("a small one").isZero();
    }

    @Test
    void the_limit_of_the_longest_path_counts() {
        var limits = new BodyLimits(Map.of("/", 10L, "/api/", 20L, "/api/v1/events", 500L), 100);

        assertThat(limits.of("/x")).isEqualTo(10);
        assertThat(limits.of("/api/v1/webhooks")).isEqualTo(20);
        assertThat(limits.of("/api/v1/events")).as("never more than is taken anywhere").isEqualTo(100);
        assertThat(limits.of("/api/v1/events/1")).isEqualTo(20);
        assertThat(limits.of("*")).isEqualTo(100);
    }
}
