package dev.carillon.delivery.report;

/**
 * Reads one kind of provider's callbacks. To add one, write a bean in the provider's package; no other file changes.
 */
public interface CallbackReader {

    /** As in {@code /api/v1/callbacks/<kind>}. */
    String kind();

    /** Whether anything is configured that callbacks of this account could be checked by. */
    boolean isOpen(String account);

    /** Checks who calls before anything of what they say is looked at. */
    CallbackReading read(Callback callback);
}
