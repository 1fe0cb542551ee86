package dev.carillon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.http.BodyBudget.BodyOwner;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private final BodyBudget budget = new BodyBudget(1_000);
    private final List<String> madeRoom = new ArrayList<>();

    @Test
    void strangers_cannot_use_up_what_those_with_a_key_need_nor_they_what_strangers_need() {
        assertThat(stranger("192.0.2.1").take(125)).isTrue();
        assertThat(stranger("192.0.2.2").take(125)).isTrue();
        assertThat(stranger("192.0.2.3").take(1)).isFalse();
        assertThat(of("a").take(375)).isTrue();
        assertThat(of("b").take(375)).isTrue();
        assertThat(of("c").take(1)).isFalse();
    }

    @Test
    void a_tenant_has_half_of_it_and_the_others_have_the_rest() {
        assertThat(of("a").take(200)).isTrue();
        assertThat(of("a").take(175)).isTrue();
        assertThat(of("a").take(1)).isFalse();
        assertThat(of("b").take(375)).isTrue();
    }

    @Test
    void a_single_body_may_be_larger_than_half_until_somebody_else_needs_the_room() {
        // Given
        var large = of("a");
        assertThat(large.begin(10, 690)).isTrue();
        assertThat(large.take(690)).isTrue();
        assertThat(of("a").begin(10, 0))
                .as("not a second one of the same tenant")
                .isFalse();

        // When
        assertThat(of("b").begin(10, 300)).isTrue();

        // Then
        assertThat(madeRoom).containsExactly("a");
        assertThat(large.take(1)).isFalse();
    }

    @Test
    void a_body_that_is_there_makes_no_room_any_more() {
        // Given
        var large = of("a");
        large.begin(10, 690);
        large.take(690);
        large.whole(0);

        // When, Then
        assertThat(of("b").begin(10, 300)).isFalse();
        assertThat(madeRoom).isEmpty();
    }

    @Test
    void the_stranger_who_has_held_a_body_back_longest_makes_room_first_those_of_the_same_address_before_others() {
        // Given
        stranger("192.0.2.1").begin(60, 0);
        stranger("192.0.2.1").begin(60, 0);
        stranger("192.0.2.2").begin(60, 0);
        stranger("192.0.2.3").begin(60, 0);

        // When
        assertThat(stranger("192.0.2.4").begin(60, 0)).isTrue();
        assertThat(stranger("192.0.2.2").begin(60, 0)).isTrue();
        assertThat(stranger("192.0.2.2").begin(60, 0)).isTrue();

        // Then
        assertThat(madeRoom).containsExactly("192.0.2.1", "192.0.2.1", "192.0.2.2");
        assertThat(budget.held()).isEqualTo(240);
    }

    @Test
    void however_many_strangers_hold_bodies_back_the_next_one_is_taken() {
        for (int size : new int[] {60, 30, 10, 1}) {
            for (int n = 0; n < 100; n++) {
                assertThat(stranger("192.0.2." + n % 7).begin(size, 0)).isTrue();
            }
        }
        var unsubscribing = stranger("198.51.100.1");
        assertThat(unsubscribing.begin(60, 30)).isTrue();
        assertThat(unsubscribing.take(30)).isTrue();
        assertThat(unsubscribing.whole(0)).isTrue();
    }

    @Test
    void what_a_request_held_is_there_again_once_it_has_ended_and_only_once() {
        var one = of("a");
        one.take(300);
        var other = of("b");
        other.take(375);

        one.letGo();
        one.letGo();

        assertThat(budget.held()).isEqualTo(375);
        assertThat(of("a").take(375)).isTrue();
        assertThat(one.take(1)).as("after its end").isFalse();
    }

    @Test
    void what_a_body_becomes_counts_but_the_largest_is_taken_when_nobody_else_is_there() {
        var alone = of("a");
        alone.begin(0, 700);
        alone.take(700);

        assertThat(alone.whole(5_000)).isTrue();

        assertThat(budget.held()).isEqualTo(750);
        assertThat(of("b").whole(5_000)).isFalse();
        assertThat(of("b").whole(0)).isTrue();
    }

    private BodyBudget.Share of(String tenant) {
        return budget.share(new BodyOwner(false, tenant), () -> madeRoom.add(tenant));
    }

    private BodyBudget.Share stranger(String address) {
        return budget.share(new BodyOwner(true, address), () -> madeRoom.add(address));
    }

    @Test
    void of_a_large_body_its_values_are_counted() {
        assertThat(Bodies.heldAsValues(Buffer.buffer("[" + "{},".repeat(10_000) + "{}]")))
                .isEqualTo(32 * 20_002L);
        assertThat(Bodies.heldAsValues(Buffer.buffer("\"" + "x".repeat(30_000) + "\"")))
                .isZero();
        assertThat(Bodies.heldAsValues(Buffer.buffer("[{},{}]")))
                .as("a small one")
                .isZero();
    }

    @Test
    void the_limit_of_the_longest_path_counts() {
        var limits = new BodyLimits(Map.of("/", 10L, "/api/", 20L, "/api/v1/events", 500L), 100);

        assertThat(limits.of("/x")).isEqualTo(10);
        assertThat(limits.of("/api/v1/webhooks")).isEqualTo(20);
        assertThat(limits.of("/api/v1/events"))
                .as("never more than is taken anywhere")
                .isEqualTo(100);
        assertThat(limits.of("/api/v1/events/1")).isEqualTo(20);
        assertThat(limits.of("*")).isEqualTo(100);
    }
}
