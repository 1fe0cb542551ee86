package dev.carillon.eventsourced.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

    private final BatchSize size = new BatchSize();

    @Test
    void a_batch_that_was_cut_off_makes_the_next_claim_as_small_as_what_it_answered() {
        // When
        size.answered(50, 200);

        // Then
        assertThat(size.next()).isEqualTo(50);
    }

    @Test
    void it_grows_while_all_that_is_claimed_is_answered() {
        // Given
        size.answered(1, 200);

        // When
        for (int n = 0; n < 12; n++) {
            size.answered(size.next(), size.next());
        }

        // Then
        assertThat(size.next()).isEqualTo(BatchSize.MOST);
    }

    @Test
    void a_claim_that_found_few_says_nothing_about_more() {
        // Given
        size.answered(50, 200);

        // When
        size.answered(3, 3);

        // Then
        assertThat(size.next()).isEqualTo(50);
    }

    @Test
    void it_never_falls_to_nothing() {
        // When
        size.answered(0, 1);

        // Then
        assertThat(size.next()).isEqualTo(1);
    }
}
