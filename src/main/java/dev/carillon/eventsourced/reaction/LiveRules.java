package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.Reacting;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.ruleset.ActiveRules;
import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.notification.decision.RuleRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For an event the active rules; for a timer the version that armed it, unless the rule was switched off since. */
@ApplicationScoped
class LiveRules implements Rules, Reacting {

    private final ActiveRules active;
    private final ApartTenants apart;

    LiveRules(ActiveRules active, ApartTenants apart) {
        this.active = active;
        this.apart = apart;
    }

    /** By the rules in force on this replica, as the loops of this replica would answer it at once. */
    @Override
    public boolean reactsTo(EventEnvelope event) {
        return !book(event.tenant()).listeningTo(event.type()).isEmpty();
    }

    @Override
    public String addressOf(EventEnvelope event) {
        return apart.has(event.tenant()) ? ApartTenants.address(event.tenant()) : event.address();
    }

    @Override
    public RuleBook book(String tenant) {
        var own = apart.book(tenant);
        return own == null ? active.book() : own;
    }

    @Override
    public Uni<Map<Timer, Rule>> forTimers(List<Timer> timers) {
        var versions = new HashMap<RuleRef, Rule>();
        return Multi.createFrom()
                .iterable(timers.stream().map(Timer::rule).distinct().toList())
                .onItem()
                .transformToUniAndConcatenate(one ->
                        version(one).invoke(found -> found.ifPresent(rule -> versions.put(one, rule))))
                .collect()
                .last()
                .map(last -> {
                    var rules = new HashMap<Timer, Rule>();
                    timers.stream()
                            .filter(timer -> versions.containsKey(timer.rule()))
                            .forEach(timer -> rules.put(timer, versions.get(timer.rule())));
                    return rules;
                });
    }

    private Uni<Optional<Rule>> version(RuleRef rule) {
        return active.book().rule(rule.id()).filter(Rule::enabled).isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : active.version(rule);
    }
}
