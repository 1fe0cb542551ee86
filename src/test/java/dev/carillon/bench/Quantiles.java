package dev.carillon.bench;

import java.util.Arrays;
import java.util.Locale;

/** Of a number of times, in milliseconds. */
record Quantiles(double median, double most99, double most) {

    static Quantiles ofNanos(long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return new Quantiles(sorted[last / 2] / 1e6, sorted[last * 99 / 100] / 1e6, sorted[last] / 1e6);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f / %.0f ms", median, most99);
    }
}
