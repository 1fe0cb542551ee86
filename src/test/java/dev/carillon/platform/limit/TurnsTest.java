package dev.carillon.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns(4);
    private final List<String> begun = new ArrayList<>();

    @Test
    void a_tenant_has_half_of_them_and_the_others_have_the_rest() {
        ask("a", "a1");
        ask("a", "a2");
        ask("a", "a3");
        ask("b", "b1");
        ask("c", "c1");
        ask("d", "d1");

        assertThat(begun).containsExactly("a1", "a2", "b1", "c1");
    }

    @Test
    void whoever_waits_comes_in_the_order_of_asking_as_soon_as_somebody_has_ended_once() {
        // Given
        var first = ask("a", "a1");
        ask("a", "a2");
        ask("a", "a3");
        ask("b", "b1");
        ask("b", "b2");
        ask("c", "c1");

        // When
        first.end();
        first.end();

        // Then
        assertThat(begun).containsExactly("a1", "a2", "b1", "b2", "a3");
    }

    @Test
    void whoever_gives_up_is_not_waited_for() {
        // Given
        var first = ask("a", "a1");
        ask("a", "a2");
        var third = ask("a", "a3");
        ask("a", "a4");

        // When
        third.end();
        first.end();

        // Then
        assertThat(begun).containsExactly("a1", "a2", "a4");
    }

    @Test
    void more_than_may_wait_are_turned_away() {
        for (int i = 0; i < 1_002; i++) {
            assertThat(turns.ask("a", () -> {})).isNotNull();
        }

        assertThat(turns.ask("a", () -> {})).isNull();
    }

    @Test
    void whoever_does_not_wait_has_a_turn_at_once_or_none() {
        // Given
        var first = turns.take("a");
        turns.take("a");

        // When, Then
        assertThat(turns.take("a")).isNull();
        assertThat(turns.take("b")).isNotNull();
        assertThat(turns.take("c")).isNotNull();
        assertThat(turns.take("d")).isNull();
        first.end();
        assertThat(turns.take("a")).isNotNull();
    }

    private Turns.Turn ask(String tenant, String name) {
        return turns.ask(tenant, () -> begun.add(name));
    }
}
