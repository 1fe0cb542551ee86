package dev.carillon.delivery.dispatch;

import java.time.Duration;

/** Settings with so many places. */
record FakeSettings(int concurrency) implements DispatchSettings {

    @Override
    public Duration lease() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Duration sweep() {
        return Duration.ofSeconds(1);
    }
}
