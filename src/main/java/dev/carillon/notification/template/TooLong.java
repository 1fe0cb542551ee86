package dev.carillon.notification.template;

/** What happens to a message that is too long for its channel. */
public enum TooLong {
    /** It goes, shortened, and ends in an ellipsis. */
    CUT,
    /** It is not sent, and an API caller gets an error. */
    REFUSE
}
