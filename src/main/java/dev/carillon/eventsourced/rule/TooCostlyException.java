package dev.carillon.eventsourced.rule;

/** An expression would cost more than is left for the event. The rule is not evaluated further. */
final class TooCostlyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param expression as the rule's author wrote it; it holds nothing of the event */
    TooCostlyException(String expression) {
        super(expression + ": costs too much on this event", null, false, false);
    }
}
