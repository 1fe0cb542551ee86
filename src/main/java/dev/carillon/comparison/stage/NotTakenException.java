package dev.carillon.comparison.stage;

/** The service does not take what a story gives it before it begins; the message is the service's. */
public final class NotTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotTakenException(String message) {
        super(message, null, false, false);
    }
}
