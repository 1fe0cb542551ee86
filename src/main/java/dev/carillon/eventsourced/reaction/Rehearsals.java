package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.notification.CorridorRehearsal;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Begins rehearsals. */
@ApplicationScoped
public class Rehearsals {

    private final Knowledge knowledge;
    private final CorridorRehearsal corridor;
    private final Voice voice;

    Rehearsals(Knowledge knowledge, CorridorRehearsal corridor, Voice voice) {
        this.knowledge = knowledge;
        this.corridor = corridor;
        this.voice = voice;
    }

    /**
     * @param since   when the past begins; what was told before is told
     * @param stopped whether it is to end before the next events, with a {@link RehearsalStoppedException}
     */
    public Rehearsal begin(RuleBook rules, Instant since, BooleanSupplier stopped) {
        return new Rehearsal(rules, knowledge, corridor.begin(since), voice, stopped);
    }
}
