package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.HistoryQuery;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.rule.Correlation;
import dev.carillon.eventsourced.rule.Correlation.Pairing;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleEvent;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds related events in the journal: the event that another had to follow, in whichever order the two arrived, and
 * the event that ended an absence. It looks only up to the trigger's position, so the answer never changes.
 */
@ApplicationScoped
class RelatedEvents {

    /** The latest will do, where it is not the very event that has to follow another. */
    private static final int ANY = 2;

    private final EventJournal journal;

    RelatedEvents(EventJournal journal) {
        this.journal = journal;
    }

    /**
     * The evaluations of each trigger's rules. The result ends before the first trigger whose related events would be
     * too much to read at once, but has at least one.
     */
    Uni<List<TriggerEvaluation>> evaluations(Tx tx, List<TriggerRules> triggers) {
        var all = triggers.stream().map(TriggerSearch::of).toList();
        return heard(tx, all).chain(heard -> evaluations(tx, read(all, heard), heard));
    }

    private Uni<List<TriggerEvaluation>> evaluations(
            Tx tx, List<TriggerSearch> triggers, Map<HistoryQuery, List<RecordedEvent>> heard) {
        var searches = triggers.stream().flatMap(one -> one.searches().stream()).toList();
        var early = new ArrayList<EarlyEvent>();
        return new EventLoopYield()
                .each(searches, one -> one.spending(() -> early.addAll(one.early(heard))))
                .chain(() -> evaluateFirst(tx, early))
                .chain(() -> new EventLoopYield().each(searches, one -> one.spending(() -> one.evaluate(heard))))
                .map(done -> triggers.stream().map(TriggerSearch::evaluation).toList());
    }

    /** The earlier events of each are read, checked and dropped, some of them at a time. */
    private Uni<Void> evaluateFirst(Tx tx, List<EarlyEvent> early) {
        return early.isEmpty()
                ? Uni.createFrom().voidItem()
                : heard(tx, early).chain(heard -> {
                    var read = read(early, heard);
                    return new EventLoopYield()
                            .each(read, one -> one.search().spending(() -> one.evaluateIfFirst(heard)))
                            .chain(() -> evaluateFirst(tx, early.subList(read.size(), early.size())));
                });
    }

    /** All answers for the first; for the others as many as one read gives. */
    private Uni<Map<HistoryQuery, List<RecordedEvent>>> heard(Tx tx, List<? extends Search> searches) {
        var first =
                searches.stream().limit(1).flatMap(Search::queries).distinct().count();
        return heard(tx, searches.stream().flatMap(Search::queries).distinct().toList(), (int) first);
    }

    private Uni<Map<HistoryQuery, List<RecordedEvent>>> heard(Tx tx, List<HistoryQuery> queries, int atLeast) {
        return journal.heard(tx, queries).chain(some -> {
            var heard = new HashMap<HistoryQuery, List<RecordedEvent>>();
            for (int i = 0; i < some.size(); i++) {
                heard.put(queries.get(i), some.get(i));
            }
            return some.size() >= atLeast
                    ? Uni.createFrom().item(heard)
                    : heard(tx, queries.subList(some.size(), atLeast), atLeast - some.size())
                            .invoke(rest -> rest.putAll(heard));
        });
    }

    private static <S extends Search> List<S> read(List<S> searches, Map<HistoryQuery, List<RecordedEvent>> heard) {
        return searches.stream()
                .takeWhile(one -> one.queries().allMatch(heard::containsKey))
                .toList();
    }

    private static int most(Correlation correlation) {
        return correlation.takesAny() ? ANY : EventJournal.HEARD_AT_MOST;
    }

    /** Something to look for in the journal. */
    private interface Search {
        Stream<HistoryQuery> queries();
    }

    private record TriggerSearch(Trigger trigger, List<RuleSearch> searches) implements Search {

        static TriggerSearch of(TriggerRules heard) {
            if (!(heard.trigger() instanceof Trigger.EventTrigger known)) {
                return new TriggerSearch(heard.trigger(), List.of());
            }
            var event = RuleEvaluation.ruleEvent(known.recorded());
            return new TriggerSearch(
                    known,
                    heard.rules().stream()
                            .map(rule -> new RuleSearch(known, rule, event))
                            .toList());
        }

        @Override
        public Stream<HistoryQuery> queries() {
            return searches.stream().flatMap(RuleSearch::queries);
        }

        TriggerEvaluation evaluation() {
            return new TriggerEvaluation(
                    trigger,
                    searches.stream().flatMap(one -> one.evaluations.stream()).toList(),
                    List.of());
        }
    }

    /** What one rule has to know about the events around one trigger's. */
    private static final class RuleSearch implements Search {

        private final Trigger.EventTrigger trigger;
        private final Rule rule;
        private final RuleEvent event;
        private final @Nullable Pairing after;
        private final @Nullable Pairing absence;
        private final List<HistoryQuery> queries = new ArrayList<>(0);
        private final List<RuleEvaluation> evaluations = new ArrayList<>(1);

        RuleSearch(Trigger.EventTrigger trigger, Rule rule, RuleEvent event) {
            this.trigger = trigger;
            this.rule = rule;
            this.event = event;
            this.after = rule.after().map(Pairing::new).orElse(null);
            this.absence = rule.absence().map(Pairing::new).orElse(null);
            if (answersItself()) {
                rule.after()
                        .ifPresent(one ->
                                ask(one.events(), one.since(event), one.until(event), trigger.asOf(), most(one)));
            }
            if (isDue()) {
                rule.absence()
                        .ifPresent(one ->
                                ask(one.events(), one.since(event), one.until(event), trigger.asOf(), most(one)));
            } else if (mayCompletePair()) {
                var until = event.time().plus(rule.after().orElseThrow().length());
                ask(rule.on(), event.time(), until, trigger.asOf() - 1, EventJournal.HEARD_AT_MOST);
            }
        }

        private void ask(List<String> types, Instant since, Instant until, long upTo, int most) {
            if (event.subject() != null) {
                types.forEach(type -> queries.add(
                        new HistoryQuery(trigger.tenant(), event.subject(), type, since, until, upTo, most)));
            }
        }

        private boolean isDue() {
            return trigger instanceof Trigger.TimerDue;
        }

        /** Whether the rule listens to the event, and not only to hear what another came after. */
        private boolean answersItself() {
            return isDue() || rule.listensTo(event.type());
        }

        /** Whether another event, which had to come after this one, may have arrived before it. */
        private boolean mayCompletePair() {
            return !isDue()
                    && rule.after()
                            .filter(one -> one.events().contains(event.type()))
                            .isPresent();
        }

        @Override
        public Stream<HistoryQuery> queries() {
            return queries.stream();
        }

        private Stream<RecordedEvent> answers(Map<HistoryQuery, List<RecordedEvent>> heard) {
            return queries().flatMap(query -> heard.get(query).stream());
        }

        /** Does some work and returns what it cost. */
        long spending(Runnable work) {
            long before = spent();
            work.run();
            return spent() - before;
        }

        private long spent() {
            return (after == null ? 0 : after.spent()) + (absence == null ? 0 : absence.spent());
        }

        /** Events that arrived before the one they had to follow, which is the current one. */
        List<EarlyEvent> early(Map<HistoryQuery, List<RecordedEvent>> heard) {
            return !mayCompletePair()
                    ? List.of()
                    : answers(heard)
                            .filter(one -> rule.listensTo(one.event().type()) && one.position() < trigger.asOf())
                            .map(one -> new EarlyEvent(this, one, RuleEvaluation.ruleEvent(one)))
                            .filter(one -> pairing().pairs(one.event(), event))
                            .sorted(Comparator.comparingLong(
                                    one -> one.recorded().position()))
                            .toList();
        }

        private Pairing pairing() {
            return Objects.requireNonNull(after, "a rule without after");
        }

        void evaluate(Map<HistoryQuery, List<RecordedEvent>> heard) {
            if (answersItself()) {
                var events = answers(heard).map(RuleEvaluation::ruleEvent).toList();
                evaluations.add(
                        0,
                        new RuleEvaluation(
                                trigger,
                                trigger.recorded(),
                                event,
                                rule,
                                first(events, after),
                                first(events, absence)));
            }
        }

        private @Nullable RuleEvent first(List<RuleEvent> events, @Nullable Pairing fitting) {
            return fitting == null
                    ? null
                    : events.stream()
                            .filter(other -> fitting.pairs(event, other))
                            .findFirst()
                            .orElse(null);
        }
    }

    /** An event that arrived before the one it follows. */
    private record EarlyEvent(RuleSearch search, RecordedEvent recorded, RuleEvent event) implements Search {

        @Override
        public Stream<HistoryQuery> queries() {
            var after = search.rule.after().orElseThrow();
            return after.events().stream()
                    .map(type -> new HistoryQuery(
                            search.trigger.tenant(),
                            Objects.requireNonNull(event.subject()),
                            type,
                            after.since(event),
                            after.until(event),
                            search.trigger.asOf() - 1,
                            most(after)));
        }

        /** It is evaluated now, unless an earlier event had completed the pair already. */
        void evaluateIfFirst(Map<HistoryQuery, List<RecordedEvent>> heard) {
            if (queries()
                    .flatMap(query -> heard.get(query).stream())
                    .map(RuleEvaluation::ruleEvent)
                    .noneMatch(earlier -> search.pairing().pairs(event, earlier))) {
                search.evaluations.add(
                        new RuleEvaluation(search.trigger, recorded, event, search.rule, search.event, null));
            }
        }
    }

    /** A trigger and the rules that hear it. */
    record TriggerRules(Trigger trigger, List<Rule> rules) {}
}
