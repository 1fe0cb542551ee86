package dev.carillon.notification.throttle;

/**
 * A limit that a notification carries: at most {@code max} of these in a window.
 *
 * @param key what is counted together: the rule, the recipient, and whatever else the rule says, or the recipient alone; unique within a tenant
 * @param max at least 1
 */
public record Throttle(String key, int max, ThrottleWindow window) {

    /** The greatest max anybody may ask for: so many sends are recalled before one is decided. */
    public static final int MOST = 1_000;

    public Throttle {
        if (max < 1) {
            throw new IllegalArgumentException("a throttle that lets nothing through: max=" + max);
        }
    }
}
