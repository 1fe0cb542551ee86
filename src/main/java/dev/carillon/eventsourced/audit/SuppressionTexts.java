package dev.carillon.eventsourced.audit;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.NotificationView;
import org.jspecify.annotations.Nullable;

/** Short texts for why a customer was not notified: {@code skipped INSUFFICIENT_FUNDS_EMAIL: already sent today}. */
final class SuppressionTexts {

    private SuppressionTexts() {}

    static String of(NotificationView notification, Reason reason) {
        return "skipped " + notification.type() + ": " + words(reason, notification.detail());
    }

    private static String words(Reason reason, @Nullable String detail) {
        return switch (reason) {
            case UNKNOWN_RECIPIENT -> "nobody is known under this id";
            case NO_ADDRESS -> "no address to reach them at";
            case ADDRESS_SUPPRESSED -> "the address is blocked";
            case UNSUBSCRIBED -> "unsubscribed";
            case CATEGORY_OFF -> "these messages are switched off";
            case CONDITION_FALSE -> "condition not met";
            case NOT_ELIGIBLE -> "not eligible";
            case NOT_IN_AUDIENCE -> "not in the audience";
            case DUPLICATE_EVENT -> "the same event was handled before";
            case DUPLICATE_BUSINESS_KEY -> "already told";
            case THROTTLED ->
                detail == null ? "sent often enough for now" : detail; // says which window: already sent today
            case FREQUENCY_CAPPED -> detail == null ? "enough messages for now" : "enough messages for now, " + detail;
            case DIGESTED -> "part of a summary";
            case QUIET_HOURS -> "quiet hours";
            case EXPIRED -> "too late to be of use";
            case CANCELLED -> "cancelled";
            case TEMPLATE_MISSING -> "no text for it";
            case VARIABLE_MISSING -> "a detail was missing";
            case NO_PROVIDER -> "no provider is set up";
            case PROVIDER_ERROR -> "the provider could not deliver";
            case CIRCUIT_OPEN -> "the provider is having trouble";
            case RATE_LIMITED -> "the provider's limit is reached";
            case AWAITING_CORRELATION -> "waiting for other events";
            case CORRELATION_TIMEOUT -> "other events did not arrive in time";
            case RULE_TOO_COSTLY -> "the rule cost too much on this event";
        };
    }
}
