package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.HistoryQuery;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.rule.Correlation.Pairing;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleEvent;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds related events in the journal: the event that another had to follow, in whichever order the two arrived, and
 * the event that ended an absence. It looks only up to the trigger's position, so the answer never changes.
 */
class RelatedEvents {

    private final EventJournal journal;

    RelatedEvents(EventJournal journal) {
        this.journal = journal;
    }

    /**
     * One list for each query, in order. The result ends early if the events would be too much to read at once, but
     * never within a trigger, and never before the end of the first one.
     */
    Uni<List<List<RuleEvaluation>>> ruleEvaluations(Tx tx, List<Rules.RuleForTrigger> asked) {
        var all = asked.stream().map(RelatedEvents::inquiry).toList();
        return answers(tx, all.stream().map(Inquiry::questions).toList(), upToTheNextOccasion(asked, 0))
                .chain(some -> {
                    var asking = all.subList(0, wholeOccasions(asked, some.size()));
                    return late(asking, some)
                            .chain(late -> paired(tx, late))
                            .chain(paired -> ruleEvaluations(asking, some, paired));
                });
    }

    private static int upToTheNextOccasion(List<Rules.RuleForTrigger> asked, int from) {
        int end = from;
        while (end < asked.size() && asked.get(end).trigger() == asked.get(from).trigger()) {
            end++;
        }
        return end;
    }

    private static int wholeOccasions(List<Rules.RuleForTrigger> asked, int answered) {
        int end = answered;
        while (end > 0
                && end < asked.size()
                && asked.get(end - 1).trigger() == asked.get(answered).trigger()) {
            end--;
        }
        return end;
    }

    private static Uni<List<LateEvent>> late(List<Inquiry> asking, List<List<RecordedEvent>> answers) {
        var late = new ArrayList<LateEvent>();
        return eachIndex(asking, i -> asking.get(i).spending(() -> late.addAll(lateIn(asking.get(i), answers.get(i)))))
                .replaceWith(late);
    }

    /** The earlier events of each are read, checked and dropped, some of them at a time. */
    private Uni<List<LateEvent>> paired(Tx tx, List<LateEvent> late) {
        var paired = new ArrayList<LateEvent>();
        return pair(tx, late, paired).replaceWith(paired);
    }

    private Uni<Void> pair(Tx tx, List<LateEvent> late, List<LateEvent> paired) {
        return late.isEmpty()
                ? Uni.createFrom().voidItem()
                : answers(tx, late.stream().map(LateEvent::questions).toList(), 1)
                        .chain(before -> pair(late.subList(0, before.size()), before, paired)
                                .chain(() -> pair(tx, late.subList(before.size(), late.size()), paired)));
    }

    private static Uni<Void> pair(List<LateEvent> late, List<List<RecordedEvent>> before, List<LateEvent> paired) {
        return eachIndex(
                late,
                i -> late.get(i).inquiry().spending(() -> {
                    if (late.get(i).isFirst(before.get(i))) {
                        paired.add(late.get(i));
                    }
                }));
    }

    private static Uni<List<List<RuleEvaluation>>> ruleEvaluations(
            List<Inquiry> asking, List<List<RecordedEvent>> answers, List<LateEvent> paired) {
        var ruleEvaluations = new ArrayList<List<RuleEvaluation>>(asking.size());
        return eachIndex(
                        asking,
                        i -> asking.get(i).spending(() -> {
                            var inquiry = asking.get(i);
                            var found = new ArrayList<RuleEvaluation>();
                            if (inquiry.itself()) {
                                found.add(inquiry.ruleEvaluation(answers.get(i)));
                            }
                            paired.stream()
                                    .filter(late -> late.inquiry() == inquiry)
                                    .forEach(late -> found.add(late.ruleEvaluation()));
                            ruleEvaluations.add(found);
                        }))
                .replaceWith(ruleEvaluations);
    }

    private static Uni<Void> eachIndex(List<?> items, ToLongFunction<Integer> work) {
        return new EventLoopYield()
                .each(IntStream.range(0, items.size()).boxed().toList(), work);
    }

    /** As many answers as one read gives, from the first on, and at least the given number. */
    private Uni<List<List<RecordedEvent>>> answers(Tx tx, List<List<HistoryQuery>> questions, int atLeast) {
        var all = questions.stream().flatMap(List::stream).toList();
        int must = questions.stream().limit(atLeast).mapToInt(List::size).sum();
        return journal.heard(tx, all)
                .chain(some -> some.size() >= must
                        ? Uni.createFrom().item(some)
                        : heard(tx, all.subList(some.size(), must)).map(rest -> together(some, rest)))
                .map(heard -> answers(questions, heard));
    }

    /** All answers, however many reads it takes. */
    private Uni<List<List<RecordedEvent>>> heard(Tx tx, List<HistoryQuery> questions) {
        return journal.heard(tx, questions)
                .chain(some -> some.size() == questions.size()
                        ? Uni.createFrom().item(some)
                        : heard(tx, questions.subList(some.size(), questions.size()))
                                .map(rest -> together(some, rest)));
    }

    private static List<List<RecordedEvent>> together(List<List<RecordedEvent>> some, List<List<RecordedEvent>> rest) {
        return Stream.concat(some.stream(), rest.stream()).toList();
    }

    private static List<List<RecordedEvent>> answers(
            List<List<HistoryQuery>> questions, List<List<RecordedEvent>> heard) {
        var answers = new ArrayList<List<RecordedEvent>>(questions.size());
        int next = 0;
        for (var some : questions) {
            if (next + some.size() > heard.size()) {
                break;
            }
            answers.add(heard.subList(next, next + some.size()).stream()
                    .flatMap(List::stream)
                    .toList());
            next += some.size();
        }
        return answers;
    }

    private static Inquiry inquiry(Rules.RuleForTrigger asked) {
        var trigger = asked.trigger();
        var rule = asked.rule();
        var event = RuleEvaluation.ruleEvent(trigger.recorded());
        var questions = new ArrayList<HistoryQuery>();
        boolean itself = trigger instanceof Trigger.TimerDue || rule.listensTo(event.type());
        if (event.subject() != null) {
            if (itself) {
                rule.after()
                        .ifPresent(after -> after.events()
                                .forEach(type -> questions.add(question(
                                        trigger,
                                        event,
                                        type,
                                        event.time().minus(after.length()),
                                        event.time(),
                                        trigger.asOf()))));
            }
            if (trigger instanceof Trigger.TimerDue) {
                rule.absence()
                        .ifPresent(absence -> absence.events()
                                .forEach(type -> questions.add(question(
                                        trigger, event, type, event.time(), absence.until(event), trigger.asOf()))));
            } else {
                rule.after()
                        .filter(after -> after.events().contains(event.type()))
                        .ifPresent(after -> rule.on()
                                .forEach(type -> questions.add(question(
                                        trigger,
                                        event,
                                        type,
                                        event.time(),
                                        event.time().plus(after.length()),
                                        trigger.asOf() - 1))));
            }
        }
        return new Inquiry(
                trigger,
                rule,
                event,
                itself,
                questions,
                rule.after().map(Pairing::new).orElse(null),
                rule.absence().map(Pairing::new).orElse(null));
    }

    private static HistoryQuery question(
            Trigger.EventTrigger trigger, RuleEvent event, String type, Instant since, Instant until, long upTo) {
        return new HistoryQuery(trigger.tenant(), Objects.requireNonNull(event.subject()), type, since, until, upTo);
    }

    /** Events that arrived before the one they had to follow, which is the current one. */
    private static List<LateEvent> lateIn(Inquiry inquiry, List<RecordedEvent> answers) {
        var after = inquiry.rule().after().orElse(null);
        if (after == null
                || !(inquiry.trigger() instanceof Trigger.EventPublished)
                || !after.events().contains(inquiry.event().type())) {
            return List.of();
        }
        var following = Objects.requireNonNull(inquiry.following());
        return answers.stream()
                .filter(answer -> inquiry.rule().listensTo(answer.event().type()))
                .filter(answer -> answer.position() < inquiry.trigger().asOf())
                .filter(answer -> following.pairs(RuleEvaluation.ruleEvent(answer), inquiry.event()))
                .sorted(Comparator.comparingLong(RecordedEvent::position))
                .map(answer -> new LateEvent(inquiry, answer, RuleEvaluation.ruleEvent(answer)))
                .toList();
    }

    /**
     * @param itself    whether the rule listens to the trigger's event, and not only to hear what another came after
     * @param following for a rule with {@code after}
     * @param ending    for a rule with {@code absence}
     */
    private record Inquiry(
            Trigger.EventTrigger trigger,
            Rule rule,
            RuleEvent event,
            boolean itself,
            List<HistoryQuery> questions,
            @Nullable Pairing following,
            @Nullable Pairing ending) {

        /** Does the work and answers what it cost. */
        long spending(Runnable work) {
            long before = spent();
            work.run();
            return spent() - before;
        }

        private long spent() {
            return (following == null ? 0 : following.spent()) + (ending == null ? 0 : ending.spent());
        }

        RuleEvaluation ruleEvaluation(List<RecordedEvent> answers) {
            var events = answers.stream().map(RuleEvaluation::ruleEvent).toList();
            return RuleEvaluation.of(
                    trigger,
                    trigger.recorded(),
                    event,
                    rule,
                    rule.after()
                            .map(after -> first(events, after.events(), following))
                            .orElse(null),
                    rule.absence()
                            .map(absence -> first(events, absence.events(), ending))
                            .orElse(null));
        }

        private @Nullable RuleEvent first(List<RuleEvent> events, List<String> types, @Nullable Pairing fitting) {
            return fitting == null
                    ? null
                    : events.stream()
                            .filter(other -> types.contains(other.type()) && fitting.pairs(event, other))
                            .findFirst()
                            .orElse(null);
        }
    }

    /** An event that arrived before the one it follows. */
    private record LateEvent(Inquiry inquiry, RecordedEvent recorded, RuleEvent trigger) {

        List<HistoryQuery> questions() {
            var after = inquiry.rule().after().orElseThrow();
            return after.events().stream()
                    .map(type -> question(
                            inquiry.trigger(),
                            trigger,
                            type,
                            trigger.time().minus(after.length()),
                            trigger.time(),
                            inquiry.trigger().asOf() - 1))
                    .toList();
        }

        /** Whether no earlier event had completed the pair already. */
        boolean isFirst(List<RecordedEvent> before) {
            var following = Objects.requireNonNull(inquiry.following());
            return before.stream().map(RuleEvaluation::ruleEvent).noneMatch(one -> following.pairs(trigger, one));
        }

        RuleEvaluation ruleEvaluation() {
            return RuleEvaluation.of(inquiry.trigger(), recorded, trigger, inquiry.rule(), inquiry.event(), null);
        }
    }
}
