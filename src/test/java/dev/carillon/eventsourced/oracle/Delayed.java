package dev.carillon.eventsourced.oracle;

import java.time.Duration;

/** {@code delay}: released some journal time later, with {@code recheck} only if the conditions still hold. */
final class Delayed extends RuleModel {

    private static final Duration DELAY = Duration.ofMinutes(30);
    private static final Duration EXPIRES = Duration.ofHours(1);

    private final boolean recheck;

    private Delayed(String id, boolean recheck, String clauses) {
        super(id, clauses);
        this.recheck = recheck;
    }

    static RuleModel once() {
        return new Delayed("oracle-delay", false, """
                on: oracle.later
                where: customer.vip == true
                delay: PT30M
                expires: PT1H
                once: "oracle-delay/${event.data.fact}"
                """);
    }

    static RuleModel rechecked() {
        return new Delayed("oracle-delay-recheck", true, """
                on: oracle.later
                where: customer.vip == true
                delay: PT30M
                recheck: true
                """);
    }

    @Override
    void hears(Happening event) {
        if (!event.type().equals("oracle.later")) {
            return;
        }
        if (!isVip(event.customer())) {
            ignore(event, event.customer(), "NOT_ELIGIBLE", "");
        } else if (!recheck && isExpired(event, EXPIRES)) {
            ignore(event, event.customer(), "EXPIRED", "");
        } else {
            wait(event, event.customer());
            course().at(course().now().plus(DELAY), event, () -> released(event));
        }
    }

    private void released(Happening event) {
        if (recheck && !isVip(event.customer())) {
            ignore(event, event.customer(), "NOT_ELIGIBLE", "");
        } else if (!recheck && isExpired(event, EXPIRES)) {
            ignore(event, event.customer(), "EXPIRED", "");
        } else {
            send(event, event.customer(), recheck ? null : event.text("fact"), null, "");
        }
    }
}
