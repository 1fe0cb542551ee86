package dev.carillon.notification.decision;

import dev.carillon.delivery.FailureKind;

/**
 * Why somebody was not notified, or not yet: the closed vocabulary used in the API, webhooks, metric labels and logs.
 *
 * <p>The constant is the code; {@link #sentence()} is what a support agent can read out.
 */
public enum Reason {
    /** The customer id is unknown. */
    UNKNOWN_RECIPIENT("We do not know a customer with this id."),
    /** The customer has no address for the channel; skipped, not failed. */
    NO_ADDRESS("We have no address for this customer on that channel."),
    /** The address bounced, complained or said STOP; decides even for mandatory categories. */
    ADDRESS_SUPPRESSED("The address is blocked because it bounced, complained or asked us to stop."),
    /** The customer unsubscribed from this category or channel. */
    UNSUBSCRIBED("The customer has unsubscribed from these messages."),
    /** The category is off by its default and the customer has not chosen otherwise. */
    CATEGORY_OFF("This category of messages is switched off."),
    /** The rule's {@code when} did not hold for the event. */
    CONDITION_FALSE("What happened did not meet the condition for sending a message."),
    /** The rule's {@code where} did not hold for this customer. */
    NOT_ELIGIBLE("The customer does not meet the condition for this message."),
    /** The customer is not among those the rule addresses. */
    NOT_IN_AUDIENCE("The customer is not among those this message is meant for."),
    /** An event with the same source and id was handled before. */
    DUPLICATE_EVENT("We had already handled the same event."),
    /** The business key is reserved already, through whichever door. */
    DUPLICATE_BUSINESS_KEY("The customer has already been told about this."),
    /** The rule's throttle allows no more for this key in its window. */
    THROTTLED("The customer has already had as many of these messages as allowed for now."),
    /** The cap over all messages to this recipient is reached. */
    FREQUENCY_CAPPED("The customer has already had as many messages as we allow for now."),
    /** Absorbed into a digest, which is sent in its stead. */
    DIGESTED("The message became part of a summary."),
    /** Held until the customer's quiet hours end. */
    QUIET_HOURS("The message is waiting for the end of the customer's quiet hours."),
    /** It could not be sent before it lost its meaning. */
    EXPIRED("The message was no longer of use when it could have been sent."),
    /** Withdrawn before it was sent. */
    CANCELLED("The message was cancelled before it was sent."),
    /** There is no template for the type, channel and locale. */
    TEMPLATE_MISSING("There is no text for this message on that channel."),
    /** Something the message or its business key must name is missing, or so long that the channel cannot carry it. */
    VARIABLE_MISSING("A detail the message needs was missing, or longer than the message can be."),
    /** No provider is configured for the channel. */
    NO_PROVIDER("No provider is set up for that channel."),
    /** The provider refused or could not deliver. */
    PROVIDER_ERROR("The provider could not deliver the message."),
    /** The provider's circuit breaker is open; it waits and burns no attempt. */
    CIRCUIT_OPEN("The provider is having trouble; the message waits until it recovers."),
    /** The provider's rate limit is reached; it waits. */
    RATE_LIMITED("The message is waiting because the provider's rate limit is reached."),
    /** Not everything the rule collects has arrived yet. */
    AWAITING_CORRELATION("We are still waiting for the other events this message depends on."),
    /** What the rule collects was not complete in time. */
    CORRELATION_TIMEOUT("The other events this message depends on did not arrive in time."),
    /** The rule was stopped: on this event it would have cost more than one event may. */
    RULE_TOO_COSTLY("Working out whether to send the message would have taken too long.");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    /** Why a delivery that failed permanently did not arrive. */
    public static Reason of(FailureKind failure) {
        return switch (failure) {
            case PROVIDER_ERROR, REJECTED, OUTCOME_UNKNOWN -> PROVIDER_ERROR;
            case RATE_LIMITED -> RATE_LIMITED;
            case NO_PROVIDER -> NO_PROVIDER;
            case EXPIRED -> EXPIRED;
        };
    }

    /** One English sentence without jargon, fit to be read to the customer. */
    public String sentence() {
        return sentence;
    }
}
