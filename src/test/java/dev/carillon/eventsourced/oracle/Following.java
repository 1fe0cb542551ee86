package dev.carillon.eventsourced.oracle;

import java.time.Duration;

/** {@code after … within}: told when an event came after another by event time, whichever was heard first. */
final class Following extends RuleModel {

    private static final Duration WITHIN = Duration.ofHours(1);

    Following() {
        super("oracle-after", """
                on: oracle.second
                after: { event: oracle.first, within: PT1H, when: earlier.data.n > 1, by: event.data.item }
                """);
    }

    @Override
    void hears(Happening event) {
        if (event.type().equals("oracle.second")) {
            if (hasForerunner(event, event.position())) {
                send(event, event.customer());
            } else {
                ignore(event, event.customer(), "AWAITING_CORRELATION", "");
            }
        } else if (event.type().equals("oracle.first")) {
            for (var second : world().heard(event.customer(), "oracle.second", event.position())) {
                if (follows(second, event) && !hasForerunner(second, event.position() - 1)) {
                    send(event, event.customer());
                }
            }
        }
    }

    private boolean hasForerunner(Happening second, int asOf) {
        return world().heard(second.customer(), "oracle.first", asOf).stream()
                .anyMatch(first -> follows(second, first));
    }

    private static boolean follows(Happening second, Happening first) {
        var between = Duration.between(first.counted(), second.counted());
        return !between.isNegative()
                && between.compareTo(WITHIN) <= 0
                && first.text("item") != null
                && first.text("item").equals(second.text("item"))
                && first.data().get("n") instanceof Integer n
                && n > 1;
    }
}
