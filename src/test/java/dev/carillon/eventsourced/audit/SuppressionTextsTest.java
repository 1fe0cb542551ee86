package dev.carillon.eventsourced.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuppressionTextsTest {

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_has_a_few_plain_words(Reason reason) {
        assertThat(SuppressionTexts.of(suppressed(reason, null), reason))
                .matches("skipped WELCOME_EMAIL: [a-z' ]{5,40}");
    }

    @Test
    void a_throttle_says_which_window_is_full() {
        assertThat(SuppressionTexts.of(suppressed(Reason.THROTTLED, "already sent today"), Reason.THROTTLED))
                .isEqualTo("skipped WELCOME_EMAIL: already sent today");
    }

    @Test
    void a_cap_says_how_many_there_were() {
        assertThat(SuppressionTexts.of(
                        suppressed(Reason.FREQUENCY_CAPPED, "3 already sent within PT24H"), Reason.FREQUENCY_CAPPED))
                .isEqualTo("skipped WELCOME_EMAIL: enough messages for now, 3 already sent within PT24H");
    }

    private static NotificationView suppressed(Reason reason, @Nullable String detail) {
        return new NotificationView(
                "n",
                "WELCOME_EMAIL",
                "onboarding",
                "c",
                Status.SUPPRESSED,
                reason,
                detail,
                null,
                "event-sourced",
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                List.of());
    }
}
