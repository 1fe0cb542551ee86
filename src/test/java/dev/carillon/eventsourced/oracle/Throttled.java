package dev.carillon.eventsourced.oracle;

import java.time.Duration;

/** {@code throttle} of each kind, with {@code once}: what is refused does not count and keeps no key. */
final class Throttled extends RuleModel {

    private final Counting counting;
    private final boolean apart;

    private Throttled(String id, Counting counting, boolean apart, String clauses) {
        super(id, clauses);
        this.counting = counting;
        this.apart = apart;
    }

    static RuleModel sliding() {
        return new Throttled("oracle-sliding", new Sliding(2, Duration.ofHours(1)), true, """
                on: oracle.hit
                throttle: { max: 2, per: PT1H, by: "${event.data.item}" }
                """);
    }

    static RuleModel fixed() {
        return new Throttled("oracle-fixed", new Fixed(2, Duration.ofHours(1)), false, """
                on: oracle.hit
                throttle: { max: 2, per: PT1H, kind: fixed }
                once: "oracle-fixed/${event.data.fact}/${customer.id}"
                """);
    }

    static RuleModel day() {
        return new Throttled("oracle-day", new CalendarDay(1), false, """
                on: oracle.hit
                throttle: { per: calendar-day }
                """);
    }

    @Override
    void hears(Happening event) {
        if (!event.type().equals("oracle.hit")) {
            return;
        }
        if (apart && event.text("item") == null) {
            ignore(event, event.customer(), "VARIABLE_MISSING", "");
            return;
        }
        var once = id().equals("oracle-fixed") ? event.text("fact") + "/" + event.customer() : null;
        send(event, event.customer(), once, counting.of(apart ? event.text("item") : null, event.customer()), "");
    }
}
