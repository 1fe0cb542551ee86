package dev.carillon.delivery;

/** Why an attempt did not end in {@code sent}. */
public enum FailureKind {

    /** The provider could not be reached, failed, or rejected our credentials: nothing was sent. */
    PROVIDER_ERROR,
    /** The provider will not deliver to this address, or refuses this message. */
    REJECTED,
    /** The provider asked us to wait. */
    RATE_LIMITED,
    /** No provider is configured for the channel. */
    NO_PROVIDER,
    /** Too late to be of use. */
    EXPIRED,
    /** It may have gone out: the sender died or got no answer before it could record the outcome. */
    OUTCOME_UNKNOWN
}
