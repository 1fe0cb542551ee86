package dev.carillon.apidriven.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SnakeCaseContextTest {

    @Test
    void gives_the_templates_their_own_names() {
        var context = SnakeCaseContext.of(Map.of("order_id", 1, "line_2_total", 2, "already", 3, "_private", 4));

        assertThat(context.camel()).containsOnlyKeys("orderId", "line2Total", "already", "_private");
    }

    @Test
    void finds_the_way_back_for_errors() {
        var context = SnakeCaseContext.of(Map.of("line_2_total", 2, "orderId", 1, "a/b_c", 3));

        assertThat(context.asSent("/context/line2Total/0")).isEqualTo("/context/line_2_total/0");
        assertThat(context.asSent("/context/orderId")).isEqualTo("/context/orderId");
        assertThat(context.asSent("/context/neverSent")).isEqualTo("/context/never_sent");
        assertThat(context.asSent("/context")).isEqualTo("/context");
    }

    @Test
    void is_empty_where_none_was_sent() {
        assertThat(SnakeCaseContext.of(null).camel()).isEmpty();
    }
}
