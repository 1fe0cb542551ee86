package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent.Cursor;
import dev.carillon.eventsourced.journal.PendingEvent.Progress;
import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Evaluation;
import dev.carillon.eventsourced.rule.EventGate;
import dev.carillon.eventsourced.waiting.Item;
import dev.carillon.eventsourced.waiting.Timer;
import dev.carillon.eventsourced.waiting.WaitingRoom;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is made of a batch of occasions, all in one transaction: find the rules that listen, ask what they need as it stood
 * then, open, find whom they address, decide, hand over. It knows no clock and keeps no state: run over the same journal
 * with the same rules it decides the same, live or in a backtest.
 */
class Reaction {

    /** A batch whose rules have taken so many steps, about 100 ms, ends: what is left over need not wait for its commit. */
    private static final long DEAR = 500_000;

    private final Rules rules;
    private final Recall recall;
    private final Knowledge knowledge;
    private final CollectedSets collected;
    private final WaitingRoom waiting;
    private final Audiences audiences;
    private final HandOver handOver;
    private final Voice voice;

    /** Where it asks. */
    record Sources(Rules rules, Knowledge knowledge, CollectedSets collected, WaitingRoom waiting) {
    }

    Reaction(Sources sources, HandOver handOver, Voice voice) {
        this.rules = sources.rules();
        this.recall = new Recall(sources.knowledge().journal());
        this.knowledge = sources.knowledge();
        this.collected = sources.collected();
        this.waiting = sources.waiting();
        this.audiences = sources.knowledge().audiences();
        this.handOver = handOver;
        this.voice = voice;
    }

    /** How far it got with each event, which timers it answered, and what was handed over. What has to wait is not mentioned. */
    record Reacted(List<Progress> progress, List<Timer> answered, HandOver.Handed handed) {
    }

    Uni<Reacted> react(Tx tx, List<Occasion> occasions) {
        occasions.forEach(voice::heard);
        return rules.asked(tx, occasions).chain(asking -> recall.hearings(tx, asking.asked())
                .chain(hearings -> walk(tx, heard(occasions, asking.asked(), hearings.size()), hearings.stream().flatMap(List::stream).toList()))
                .chain(walk -> handOver.handOver(tx, walk.work(asking)).map(walk::reacted)));
    }

    /** Those before the first that is yet to be recalled. */
    private static List<Occasion> heard(List<Occasion> occasions, List<Rules.Asked> asked, int recalled) {
        return recalled == asked.size() ? occasions : occasions.stream().takeWhile(occasion -> occasion != asked.get(recalled).occasion()).toList();
    }

    private Uni<Walk> walk(Tx tx, List<Occasion> occasions, List<Hearing> hearings) {
        return known(tx, hearings).chain(known -> digested(tx, occasions).chain(items -> {
            var read = read(occasions, items);
            return new Walk(tx, known, items).through(read, byOccasion(read, hearings));
        }));
    }

    /** Those before the first digest that is yet to be read. */
    private static List<Occasion> read(List<Occasion> occasions, Map<String, List<Item>> digested) {
        return occasions.stream().takeWhile(occasion -> digestOf(occasion).map(digested::containsKey).orElse(true)).toList();
    }

    private static Optional<String> digestOf(Occasion occasion) {
        return occasion instanceof Occasion.Timed timed && timed.timer().kind() == Timer.Kind.DIGEST ? Optional.of(timed.timer().id()) : Optional.empty();
    }

    private static List<List<Hearing>> byOccasion(List<Occasion> occasions, List<Hearing> hearings) {
        var byOccasion = new ArrayList<List<Hearing>>(occasions.size());
        int next = 0;
        for (var occasion : occasions) {
            var of = new ArrayList<Hearing>();
            while (next < hearings.size() && hearings.get(next).occasion() == occasion) {
                of.add(hearings.get(next++));
            }
            byOccasion.add(of);
        }
        return byOccasion;
    }

    private Uni<Known> known(Tx tx, List<Hearing> hearings) {
        hearings.forEach(voice::recalls);
        return Known.of(tx, knowledge, collected, hearings);
    }

    private Uni<Map<String, List<Item>>> digested(Tx tx, List<Occasion> occasions) {
        return waiting.items(tx, occasions.stream().map(Reaction::digestOf).flatMap(Optional::stream).toList());
    }

    /** A rule that said no before it looked at any customer. */
    record Closed(Hearing hearing, Decision.Ignore ignore) {
    }

    /** A set of which this is the first news: it is not waited for for ever. */
    record Opened(Hearing hearing, String key) {
    }

    /** What waited and is not judged, for its rule or its event is gone, and what it had absorbed. */
    record Withdrawn(Occasion.Timed due, List<Item> items) {
    }

    /**
     * What a walk came to.
     *
     * @param occasions those it came to, in order
     */
    record Work(List<Occasion> occasions, List<Candidate> candidates, List<Closed> closed, List<Opened> opened, List<Withdrawn> withdrawn) {

        /** Nobody listened. */
        boolean isEmpty() {
            return candidates.isEmpty() && closed.isEmpty() && opened.isEmpty() && withdrawn.isEmpty();
        }
    }

    /** Occasions in order, each rule in order, until a page of customers is full: what is left over stays pending. */
    private final class Walk {

        private final Tx tx;
        private final Known known;
        private final Map<String, List<Item>> digested;
        private final List<Candidate> candidates = new ArrayList<>();
        private final List<Closed> closed = new ArrayList<>();
        private final List<Opened> opened = new ArrayList<>();
        private final List<Occasion> reached = new ArrayList<>();
        private final Breather breather = new Breather();
        private @Nullable Cursor cursor;

        Walk(Tx tx, Known known, Map<String, List<Item>> digested) {
            this.tx = tx;
            this.known = known;
            this.digested = digested;
        }

        Uni<Walk> through(List<Occasion> occasions, List<List<Hearing>> hearings) {
            return occasion(occasions, hearings, 0).replaceWith(this);
        }

        private Uni<Void> occasion(List<Occasion> occasions, List<List<Hearing>> hearings, int index) {
            if (index == occasions.size() || candidates.size() >= Audiences.PAGE || breather.spent() >= DEAR) {
                return Uni.createFrom().voidItem();
            }
            return rule(hearings.get(index), 0)
                    .invoke(cursor -> reached(occasions.get(index), cursor))
                    .chain(() -> occasion(occasions, hearings, index + 1));
        }

        private List<Item> itemsOf(Occasion.Timed due) {
            return digested.getOrDefault(due.timer().id(), List.of());
        }

        private void reached(Occasion occasion, @Nullable Cursor at) {
            reached.add(occasion);
            cursor = at;
        }

        Work work(Rules.Asking asking) {
            var withdrawn = asking.withdrawn().stream().map(due -> new Withdrawn(due, itemsOf(due))).toList();
            return new Work(reached, candidates, closed, opened, withdrawn);
        }

        /** Only the last it came to can be answered in part. */
        Reacted reacted(HandOver.Handed handed) {
            var progress = new ArrayList<Progress>();
            var answered = new ArrayList<Timer>();
            for (int i = 0; i < handed.occasions(); i++) {
                if (reached.get(i) instanceof Occasion.Timed due) {
                    answered.add(due.timer());
                } else {
                    progress.add(new Progress(reached.get(i).asOf(), i == reached.size() - 1 ? cursor : null));
                }
            }
            return new Reacted(progress, answered, handed);
        }

        /** Answers the cursor where it had to stop, null when every rule is through. */
        private Uni<Cursor> rule(List<Hearing> hearings, int index) {
            if (index == hearings.size()) {
                return Uni.createFrom().nullItem();
            }
            var hearing = hearings.get(index);
            var evaluation = hearing.rule().evaluate(hearing.event(), known.factsFor(hearing));
            if (hearing.occasion() instanceof Occasion.Due due) {
                candidates.add(new Candidate(hearing, evaluation.addressing(1), due.timer().customerId(), itemsOf(due)));
                return rule(hearings, index + 1);
            }
            lookAtTheClock(hearing);
            var gate = evaluation.opens();
            if (breather.spend(evaluation.spent())) {
                return breather.pause().chain(() -> opened(hearings, index, evaluation, gate));
            }
            return opened(hearings, index, evaluation, gate);
        }

        private Uni<Cursor> opened(List<Hearing> hearings, int index, Evaluation evaluation, EventGate gate) {
            var hearing = hearings.get(index);
            if (!gate.passed()) {
                closed.add(new Closed(hearing, gate.ignored()));
                return rule(hearings, index + 1);
            }
            return addressed(hearing, evaluation).chain(cursor -> cursor != null ? Uni.createFrom().item(cursor) : rule(hearings, index + 1));
        }

        private Uni<Cursor> addressed(Hearing hearing, Evaluation evaluation) {
            return audiences.page(tx, hearing, evaluation.audience()).map(customers -> {
                evaluation.addressing(customers.size());
                customers.forEach(customer -> candidates.add(new Candidate(hearing, evaluation, customer, List.of())));
                if (customers.size() == Audiences.PAGE) {
                    return new Cursor(hearing.rule().id(), customers.get(customers.size() - 1));
                }
                if (customers.isEmpty() && hearing.after().isEmpty()) {
                    closed.add(new Closed(hearing, evaluation.outsideAudience(null)));
                }
                return null;
            });
        }

        private void lookAtTheClock(Hearing hearing) {
            var set = known.collectedFor(hearing);
            var key = hearing.setKey();
            if (hearing.rule().timeout().isPresent() && set != null && key != null && set.openedBy() == hearing.asOf()) {
                opened.add(new Opened(hearing, key.key().key()));
            }
        }
    }
}
