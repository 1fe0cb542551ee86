package dev.carillon.notification.preference;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Category;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a category may be sent on a channel. The first level that has an answer decides (semantics:
 * docs/event-sourced.md).
 */
public final class PreferencePolicy {

    /** The answer and the level that gave it; {@code reason} is set when it is no. */
    public record PreferenceVerdict(
            boolean allowed, String level, @Nullable Reason reason) {}

    private PreferencePolicy() {}

    /** @param suppression of the address that the channel would go to; null when there is none */
    public static PreferenceVerdict judge(
            @Nullable Suppression suppression,
            Preferences preferences,
            Category category,
            boolean mandatory,
            String channel) {
        if (suppression != null) {
            return new PreferenceVerdict(false, "suppressed address", Reason.ADDRESS_SUPPRESSED);
        }
        if (mandatory || category.mandatory()) {
            return new PreferenceVerdict(true, "mandatory", null);
        }
        if (preferences.optedOut()) {
            return new PreferenceVerdict(false, "customer's opt-out of everything", Reason.UNSUBSCRIBED);
        }
        var choice = preferences.choice(category.name(), channel);
        if (choice != null) {
            return verdict(choice, "customer's category and channel", Reason.CATEGORY_OFF);
        }
        var channelWide = preferences.channels().get(channel);
        if (channelWide != null) {
            return verdict(channelWide, "customer's channel", Reason.UNSUBSCRIBED);
        }
        var categoryWide = preferences.categories().get(category.name());
        if (categoryWide != null) {
            return verdict(categoryWide, "customer's category", Reason.CATEGORY_OFF);
        }
        return verdict(category.defaults().getOrDefault(channel, false), "category's default", Reason.CATEGORY_OFF);
    }

    private static PreferenceVerdict verdict(boolean allowed, String level, Reason no) {
        return new PreferenceVerdict(allowed, level, allowed ? null : no);
    }
}
