package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of the customer team: contact details, preferences, carts and wishlists. */
public sealed interface CustomerEvent extends DomainEvent {

    String customerId();

    @Override
    default String subject() {
        return customerId();
    }

    @RegisterForReflection
    record CustomerUpdated(
            String customerId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String segment)
            implements CustomerEvent {}

    /**
     * All preferences of a customer. They replace the earlier ones.
     *
     * @param preferences  category → channel → wanted
     * @param channels     channel → wanted, for categories without a choice of their own
     * @param categories   category → wanted, on channels without a choice of their own
     * @param quietHours   when they want to be left alone
     * @param timeZone     whose clock these hours are read off
     * @param locale       in which language they want to hear it
     * @param optedOut     whether they want to hear nothing but what is mandatory
     * @param frequencyCap how much they take
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PreferencesChanged(
            String customerId,
            @Nullable Map<String, Map<String, Boolean>> preferences,
            @Nullable Map<String, Boolean> channels,
            @Nullable Map<String, Boolean> categories,
            @Nullable List<QuietWindow> quietHours,
            @Nullable String timeZone,
            @Nullable String locale,
            @Nullable Boolean optedOut,
            @Nullable Cap frequencyCap)
            implements CustomerEvent {

        /** Choices alone. */
        public PreferencesChanged(String customerId, Map<String, Map<String, Boolean>> preferences) {
            this(customerId, preferences, null, null, null, null, null, null, null);
        }
    }

    /** From {@code start} (included) to {@code end} (excluded), across midnight if the end is earlier. */
    @RegisterForReflection
    record QuietWindow(
            @JsonFormat(pattern = "HH:mm") LocalTime start,
            @JsonFormat(pattern = "HH:mm") LocalTime end) {}

    /** At most {@code max} messages {@code per} day or duration; {@code window} is sliding or fixed. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Cap(int max, String per, @Nullable String window) {}

    @RegisterForReflection
    record CartItemAdded(String customerId, String productId, int quantity) implements CustomerEvent {}

    @RegisterForReflection
    record CartItemRemoved(String customerId, String productId) implements CustomerEvent {}

    @RegisterForReflection
    record WishlistItemAdded(String customerId, String productId) implements CustomerEvent {}

    @RegisterForReflection
    record WishlistItemRemoved(String customerId, String productId) implements CustomerEvent {}
}
