package dev.carillon.notification;

/** One command cannot be decided about, because of a bug that only its data bring out; its neighbours can. */
final class CommandFailedException extends RuntimeException {

    CommandFailedException(NotificationCommand command, RuntimeException cause) {
        super("notification " + command.trackingId() + " failed in the pipeline", cause);
    }
}
