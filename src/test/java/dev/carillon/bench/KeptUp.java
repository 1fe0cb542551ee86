package dev.carillon.bench;

import java.util.Locale;

/**
 * The highest rate that is kept up: when the last request is due, all is sent within a third of a second. Found by halving.
 *
 * @param around where to look for it: from a third of this rate to one and a third of it
 */
record KeptUp(String title, int perRequest, double around) implements Shape {

    private static final double BEHIND_AT_MOST_SECONDS = 0.33;

    @Override
    public Measurement on(Contender contender) throws Exception {
        double low = around / 3;
        double high = around * 4 / 3;
        var best = Measurement.of(new Cost(1, Double.POSITIVE_INFINITY, 0, 0, 0));
        for (int step = 0; step < Bench.STEPS; step++) {
            int rate = (int) Math.round((low + high) / 2 / 100) * 100;
            var measured = new Evenly(title, rate, Bench.STEP_SECONDS, perRequest).on(contender);
            boolean keptUp = measured.cost().seconds() < Bench.STEP_SECONDS + BEHIND_AT_MOST_SECONDS;
            System.out.printf(
                    Locale.ROOT,
                    "  %s %d a second: %s, %s%n",
                    title,
                    rate,
                    keptUp ? "kept up" : "not kept up",
                    measured.remark());
            if (keptUp) {
                low = rate;
                best = new Measurement(measured.cost().in(Bench.STEP_SECONDS), measured.remark());
            } else {
                high = rate;
            }
        }
        return best;
    }
}
