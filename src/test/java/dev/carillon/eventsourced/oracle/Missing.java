package dev.carillon.eventsourced.oracle;

import java.time.Duration;

/** {@code absence … for}: told at the deadline, by event time, unless the other event was heard of by then. */
final class Missing extends RuleModel {

    private static final Duration FOR = Duration.ofHours(2);
    private static final Duration EXPIRES = Duration.ofHours(3);

    private final boolean recheck;
    private final Sliding limit = new Sliding(1, Duration.ofMinutes(30));

    private Missing(String id, boolean recheck, String clauses) {
        super(id, clauses);
        this.recheck = recheck;
    }

    static RuleModel throttled() {
        return new Missing("oracle-absence", false, """
                on: oracle.began
                absence: { event: oracle.ended, for: PT2H, by: event.data.item }
                throttle: { max: 1, per: PT30M, by: "${event.data.fact}" }
                """);
    }

    static RuleModel rechecked() {
        return new Missing("oracle-absence-recheck", true, """
                on: oracle.began
                where: customer.vip == true
                expires: PT3H
                absence: { event: oracle.ended, for: PT2H, by: event.data.item, when: event.data.n > 1 }
                recheck: true
                """);
    }

    @Override
    void hears(Happening event) {
        if (!event.type().equals("oracle.began")) {
            return;
        }
        if (recheck && !isVip(event.customer())) {
            ignore(event, event.customer(), "NOT_ELIGIBLE", "");
            return;
        }
        if (recheck && isExpired(event, EXPIRES)) {
            ignore(event, event.customer(), "EXPIRED", "");
            return;
        }
        wait(event, event.customer());
        var deadline = event.counted().plus(FOR);
        course().at(deadline.isBefore(course().now()) ? course().now() : deadline, event, () -> deadline(event));
    }

    private void deadline(Happening event) {
        if (world().heard(event.customer(), "oracle.ended", course().asOf()).stream()
                .anyMatch(other -> ends(event, other))) {
            ignore(event, event.customer(), "CONDITION_FALSE", "");
        } else if (recheck && !isVip(event.customer())) {
            ignore(event, event.customer(), "NOT_ELIGIBLE", "");
        } else if (recheck && isExpired(event, EXPIRES)) {
            ignore(event, event.customer(), "EXPIRED", "");
        } else {
            send(event, event.customer(), null, recheck ? null : limit.of(event.text("fact"), event.customer()), "");
        }
    }

    private boolean ends(Happening began, Happening other) {
        return !other.counted().isBefore(began.counted())
                && other.counted().isBefore(began.counted().plus(FOR))
                && began.text("item") != null
                && began.text("item").equals(other.text("item"))
                && (!recheck || other.data().get("n") instanceof Integer n && n > 1);
    }
}
