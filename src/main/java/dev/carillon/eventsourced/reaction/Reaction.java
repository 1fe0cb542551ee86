package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.PendingEvent.Cursor;
import dev.carillon.eventsourced.journal.PendingEvent.Progress;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Fact;
import dev.carillon.eventsourced.rule.Facts;
import dev.carillon.eventsourced.shelf.RuleShelf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/**
 * What a verticle does with the events it has claimed, all in the claim's transaction: find the rules that listen,
 * ask memory what they need, open, find whom they address, decide, hand over.
 */
@ApplicationScoped
class Reaction {

    private final RuleShelf rules;
    private final Memory memory;
    private final Audiences audiences;
    private final HandOver handOver;
    private final Voice voice;

    Reaction(RuleShelf rules, Memory memory, Audiences audiences, HandOver handOver, Voice voice) {
        this.rules = rules;
        this.memory = memory;
        this.audiences = audiences;
        this.handOver = handOver;
        this.voice = voice;
    }

    /** How far it got with each event, and what was handed over. An event it did not come to is not mentioned. */
    record Reacted(List<Progress> progress, HandOver.Handed handed) {
    }

    Uni<Reacted> react(Tx tx, List<PendingEvent> events) {
        events.forEach(pending -> voice.heard(pending.event()));
        var hearings = events.stream().map(this::heard).toList();
        return recall(tx, hearings.stream().flatMap(List::stream).toList())
                .chain(known -> new Walk(tx, known).through(events, hearings))
                .chain(walk -> handOver.handOver(tx, walk.candidates(), walk.closed())
                        .map(handed -> new Reacted(walk.progress(), handed)));
    }

    /** The rules that listen, from where the event was left. */
    private List<Hearing> heard(PendingEvent pending) {
        var listening = rules.book().listeningTo(pending.event().type());
        var cursor = pending.cursor();
        return (cursor == null ? listening : listening.stream().dropWhile(rule -> !rule.id().equals(cursor.rule())).toList())
                .stream().map(rule -> Hearing.of(pending, rule)).toList();
    }

    /** Asks memory for everything the rules mention, and keeps what they collect. */
    private Uni<Known> recall(Tx tx, List<Hearing> hearings) {
        var keys = hearings.stream().flatMap(hearing -> hearing.entityKeys().stream()).distinct().toList();
        var additions = hearings.stream().flatMap(hearing -> hearing.additions().stream()).toList();
        keys.forEach(key -> voice.recalled(key.tenant(), key.kind() + " " + key.id()));
        additions.forEach(addition -> voice.recalled(addition.set().tenant(), "what was collected for " + addition.set().key()));
        return memory.entities(tx, keys).chain(entities -> memory.collect(tx, additions).map(collections -> new Known(entities, collections)));
    }

    /** Events in order, each rule in order, until a page of customers is full: what is left over stays pending. */
    private final class Walk {

        private final Tx tx;
        private final Known known;
        private final List<Candidate> candidates = new ArrayList<>();
        private final List<Closed> closed = new ArrayList<>();
        private final List<Progress> progress = new ArrayList<>();

        Walk(Tx tx, Known known) {
            this.tx = tx;
            this.known = known;
        }

        Uni<Walked> through(List<PendingEvent> events, List<List<Hearing>> hearings) {
            return event(events, hearings, 0).map(done -> new Walked(candidates, closed, progress));
        }

        private Uni<Void> event(List<PendingEvent> events, List<List<Hearing>> hearings, int index) {
            if (index == events.size() || candidates.size() >= Audiences.PAGE) {
                return Uni.createFrom().voidItem();
            }
            return rule(hearings.get(index), 0)
                    .invoke(cursor -> progress.add(new Progress(events.get(index).position(), cursor)))
                    .chain(() -> event(events, hearings, index + 1));
        }

        /** Answers the cursor where it had to stop, null when every rule is through. */
        private Uni<Cursor> rule(List<Hearing> hearings, int index) {
            if (index == hearings.size()) {
                return Uni.createFrom().nullItem();
            }
            var hearing = hearings.get(index);
            var facts = known.factsFor(hearing);
            var gate = hearing.rule().opens(hearing.event(), facts);
            if (!gate.passed()) {
                closed.add(new Closed(hearing, gate.ignored()));
                return rule(hearings, index + 1);
            }
            return audiences.page(tx, hearing).chain(customers -> {
                customers.forEach(customer -> candidates.add(new Candidate(hearing, facts, customer)));
                if (customers.size() == Audiences.PAGE) {
                    return Uni.createFrom().item(new Cursor(hearing.rule().id(), customers.get(customers.size() - 1)));
                }
                if (customers.isEmpty() && hearing.after().isEmpty()) {
                    closed.add(new Closed(hearing, hearing.rule().outsideAudience(hearing.event(), facts, null)));
                }
                return rule(hearings, index + 1);
            });
        }
    }

    private record Walked(List<Candidate> candidates, List<Closed> closed, List<Progress> progress) {
    }

    /** One customer a rule has to decide about. */
    record Candidate(Hearing hearing, Facts facts, String customerId) {

        boolean needsCustomer() {
            return hearing.rule().facts().contains(Fact.CUSTOMER);
        }
    }

    /** A rule that said no before it looked at any customer. */
    record Closed(Hearing hearing, Decision.Ignore ignore) {
    }
}
