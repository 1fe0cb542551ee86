package dev.carillon.platform.limit;

/**
 * A rate: so many a second on average, and so many at once.
 *
 * @param perSecond more than 0
 * @param burst     at least 1: what the bucket holds
 */
public record Rate(double perSecond, int burst) {

    public Rate {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("a rate of " + perSecond + " a second, " + burst + " at once");
        }
    }

    /** A rate with a second's worth at once. */
    public static Rate of(double perSecond) {
        return new Rate(perSecond, (int) Math.max(1, Math.ceil(perSecond)));
    }

    /**
     * The slice one replica takes at a time: a quarter of a second's worth, so that not every request needs a
     * statement.
     */
    int slice() {
        return (int) Math.max(1, Math.min(burst, Math.ceil(perSecond / 4)));
    }
}
