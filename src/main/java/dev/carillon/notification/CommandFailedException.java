package dev.carillon.notification;

/** One command cannot be decided because of a bug that its data trigger. The rest of the batch can. */
final class CommandFailedException extends RuntimeException {

    CommandFailedException(NotificationCommand command, Throwable cause) {
        super("notification " + command.trackingId() + " failed in the pipeline", cause);
    }
}
