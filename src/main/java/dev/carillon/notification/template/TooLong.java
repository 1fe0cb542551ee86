package dev.carillon.notification.template;

/** What becomes of a message that its channel cannot carry. */
public enum TooLong {
    /** It goes, shortened, and ends in an ellipsis. */
    CUT,
    /** It does not go, and whoever asked is told. */
    REFUSE
}
