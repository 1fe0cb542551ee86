package dev.carillon.delivery.dispatch;

import java.time.Duration;

/** Settings with so many places. */
record FakeSettings(int concurrency) implements DispatchSettings {

    @Override
    public Duration lease() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int perDestination() {
        return Math.max(1, concurrency / 10);
    }

    @Override
    public Duration sweep() {
        return Duration.ofSeconds(1);
    }
}
