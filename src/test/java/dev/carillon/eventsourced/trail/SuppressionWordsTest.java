package dev.carillon.eventsourced.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Reason;
import dev.carillon.notification.tracking.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuppressionWordsTest {

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_has_a_few_plain_words(Reason reason) {
        assertThat(SuppressionWords.of(suppressed(reason, null, List.of()))).matches("skipped WELCOME_EMAIL: [a-z' ]{5,40}");
    }

    @Test
    void a_throttle_says_which_window_is_full() {
        assertThat(SuppressionWords.of(suppressed(Reason.THROTTLED, "already sent today", List.of()))).isEqualTo("skipped WELCOME_EMAIL: already sent today");
    }

    @Test
    void where_every_channel_was_skipped_the_first_one_tells() {
        var channel = new NotificationView.Delivery("d", "sms", null, Status.SUPPRESSED, "UNSUBSCRIBED", null, null, null, List.of());

        assertThat(SuppressionWords.of(suppressed(null, null, List.of(channel)))).isEqualTo("skipped WELCOME_EMAIL: unsubscribed");
    }

    private static NotificationView suppressed(@Nullable Reason reason, @Nullable String detail, List<NotificationView.Delivery> deliveries) {
        return new NotificationView("n", "WELCOME_EMAIL", "onboarding", "c", Status.SUPPRESSED, reason, detail, null, "event-sourced", null, null, null, null,
                Instant.EPOCH, deliveries);
    }
}
