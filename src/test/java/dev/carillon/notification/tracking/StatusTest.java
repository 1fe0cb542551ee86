package dev.carillon.notification.tracking;

import static dev.carillon.notification.tracking.Status.DEAD_LETTERED;
import static dev.carillon.notification.tracking.Status.QUEUED;
import static dev.carillon.notification.tracking.Status.RETRYING;
import static dev.carillon.notification.tracking.Status.SENDING;
import static dev.carillon.notification.tracking.Status.SENT;
import static dev.carillon.notification.tracking.Status.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.FailureKind;
import dev.carillon.notification.decision.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusTest {

    @Test
    void is_what_its_only_delivery_says() {
        // Then
        for (var status : Status.values()) {
            assertThat(Status.of(List.of(status))).isEqualTo(status);
        }
    }

    @Test
    void is_suppressed_without_deliveries() {
        // Then
        assertThat(Status.of(List.of())).isEqualTo(SUPPRESSED);
    }

    @Test
    void tells_what_is_still_going_on_before_what_is_over_and_a_success_before_a_failure() {
        // Then
        assertThat(Status.of(List.of(SENT, SENDING))).isEqualTo(SENDING);
        assertThat(Status.of(List.of(SENT, RETRYING))).isEqualTo(RETRYING);
        assertThat(Status.of(List.of(DEAD_LETTERED, QUEUED))).isEqualTo(QUEUED);
        assertThat(Status.of(List.of(DEAD_LETTERED, SENT))).isEqualTo(SENT);
        assertThat(Status.of(List.of(SUPPRESSED, SENT))).isEqualTo(SENT);
        assertThat(Status.of(List.of(SUPPRESSED, DEAD_LETTERED))).isEqualTo(DEAD_LETTERED);
    }

    @Test
    void is_written_in_words_with_hyphens() {
        // Then
        assertThat(DEAD_LETTERED.wire()).isEqualTo("dead-lettered");
        assertThat(SENT.wire()).isEqualTo("sent");
    }

    @ParameterizedTest
    @CsvSource({
        "PROVIDER_ERROR, PROVIDER_ERROR",
        "REJECTED, PROVIDER_ERROR",
        "OUTCOME_UNKNOWN, PROVIDER_ERROR",
        "RATE_LIMITED, RATE_LIMITED",
        "NO_PROVIDER, NO_PROVIDER",
        "EXPIRED, EXPIRED"
    })
    void every_failure_has_a_reason_of_the_closed_vocabulary(FailureKind failure, Reason reason) {
        // Then
        assertThat(Reason.of(failure)).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void no_failure_is_without_a_reason(FailureKind failure) {
        // Then
        assertThat(Reason.of(failure)).isNotNull();
    }

    @Test
    void what_the_provider_said_is_told_after_what_is_going_on_and_the_best_of_it_first() {
        // Then
        assertThat(Status.of(List.of(Status.BOUNCED, SENDING))).isEqualTo(SENDING);
        assertThat(Status.of(List.of(Status.DELIVERED, SENT, Status.BOUNCED))).isEqualTo(Status.DELIVERED);
        assertThat(Status.of(List.of(Status.COMPLAINED, Status.BOUNCED, DEAD_LETTERED)))
                .isEqualTo(Status.COMPLAINED);
        assertThat(Status.of(List.of(Status.BOUNCED, DEAD_LETTERED))).isEqualTo(Status.BOUNCED);
    }
}
