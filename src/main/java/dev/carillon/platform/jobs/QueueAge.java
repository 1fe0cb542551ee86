package dev.carillon.platform.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The gauge {@code carillon.queue.age.seconds}: the age of the oldest row that a queue should have processed. */
public final class QueueAge {

    private volatile double seconds;

    public QueueAge(MeterRegistry meters, String queue) {
        Gauge.builder("carillon.queue.age", () -> seconds)
                .baseUnit("seconds")
                .tag("queue", queue)
                .description("Age of the oldest row that is due")
                .register(meters);
    }

    /** @param seconds less than zero (a clock was set back) counts as zero */
    public void is(double seconds) {
        this.seconds = Math.max(0, seconds);
    }
}
