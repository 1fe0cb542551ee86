package dev.carillon.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxEndTest {

    private final TxEnd end = new TxEnd();
    private final List<Boolean> told = new ArrayList<>();

    @Test
    void everybody_learns_once_how_it_ends() {
        // Given
        end.tell(told::add);
        end.tell(told::add);

        // When
        end.ended(true);
        end.ended(false);

        // Then
        assertThat(told).containsExactly(true, true);
    }

    @Test
    void who_comes_late_learns_it_at_once() {
        // Given
        end.ended(false);

        // When
        end.tell(told::add);

        // Then
        assertThat(told).containsExactly(false);
    }

    @Test
    void one_that_fails_keeps_it_from_nobody() {
        // Given
        end.tell(committed -> {
            throw new IllegalStateException("a bug");
        });
        end.tell(told::add);

        // When
        end.ended(true);

        // Then
        assertThat(told).containsExactly(true);
    }

    @Test
    void an_error_of_one_keeps_it_from_nobody() {
        // Given
        end.tell(committed -> {
            throw new StackOverflowError();
        });
        end.tell(told::add);

        // When
        end.ended(true);

        // Then
        assertThat(told).containsExactly(true);
    }

    @Test
    void a_transaction_that_tells_nobody_says_so() {
        assertThat(new PgTx(null).onEnd(told::add)).isFalse();
    }
}
