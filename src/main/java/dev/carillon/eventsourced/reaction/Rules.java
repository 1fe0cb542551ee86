package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.timer.Timer;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** The rules that answer: live the active ones, in a backtest those under test. */
public interface Rules {

    /** The rules for a tenant's events. */
    RuleBook book(String tenant);

    /** The rule for each timer. A timer is left out, and cancelled, when its rule is gone or switched off. */
    Uni<Map<Timer, Rule>> forTimers(List<Timer> timers);
}
