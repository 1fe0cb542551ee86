package dev.carillon.eventsourced.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** A throttle of the day it is where the recipient is. */
final class CalendarDay extends Counting {

    CalendarDay(int max) {
        super(max, " already sent today");
    }

    @Override
    boolean counts(Instant sent, Instant now, ZoneId zone) {
        return LocalDate.ofInstant(sent, zone).equals(LocalDate.ofInstant(now, zone));
    }
}
