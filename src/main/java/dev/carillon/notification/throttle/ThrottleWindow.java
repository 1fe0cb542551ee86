package dev.carillon.notification.throttle;

import java.time.Duration;

/** The time window in which the sends of a throttle's key are counted together. */
public sealed interface ThrottleWindow {

    /** The name of the recipient's day as a value of {@code per}. */
    String CALENDAR_DAY = "calendar-day";

    /** The given length up to now. */
    record Sliding(Duration length) implements ThrottleWindow {}

    /** Opens at the first send and lasts the given length. The next window opens at the first send after it. */
    record Fixed(Duration length) implements ThrottleWindow {}

    /** A day in the recipient's zone, however long it is. */
    record CalendarDay() implements ThrottleWindow {}

    static ThrottleWindow sliding(Duration length) {
        return new Sliding(length);
    }

    static ThrottleWindow fixed(Duration length) {
        return new Fixed(length);
    }

    static ThrottleWindow calendarDay() {
        return new CalendarDay();
    }
}
