package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.Question;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.rule.Absence;
import dev.carillon.eventsourced.rule.After;
import dev.carillon.eventsourced.rule.Pairing;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleEvent;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What else was heard: what an event came after, in whichever order the two arrived, and what ended an absence. It is
 * asked of the journal up to the occasion's position, so that the answer is the same whenever it is asked.
 */
class Recall {

    private final EventJournal journal;

    Recall(EventJournal journal) {
        this.journal = journal;
    }

    /**
     * One list a question, in order. The lists end early, but not within an occasion and not before the end of the first one, where all that
     * was heard would be too much at once.
     */
    Uni<List<List<Hearing>>> hearings(Tx tx, List<Rules.Asked> asked) {
        var all = asked.stream().map(Recall::inquiry).toList();
        return answers(tx, all.stream().map(Inquiry::questions).toList(), upToTheNextOccasion(asked, 0)).chain(some -> {
            var asking = all.subList(0, wholeOccasions(asked, some.size()));
            return late(asking, some).chain(late -> paired(tx, late)).chain(paired -> hearings(asking, some, paired));
        });
    }

    private static int upToTheNextOccasion(List<Rules.Asked> asked, int from) {
        int end = from;
        while (end < asked.size() && asked.get(end).occasion() == asked.get(from).occasion()) {
            end++;
        }
        return end;
    }

    private static int wholeOccasions(List<Rules.Asked> asked, int answered) {
        int end = answered;
        while (end > 0 && end < asked.size() && asked.get(end - 1).occasion() == asked.get(answered).occasion()) {
            end--;
        }
        return end;
    }

    private static Uni<List<Late>> late(List<Inquiry> asking, List<List<RecordedEvent>> answers) {
        var late = new ArrayList<Late>();
        return eachIndex(asking, i -> asking.get(i).spending(() -> late.addAll(lateIn(asking.get(i), answers.get(i))))).replaceWith(late);
    }

    /** What was heard before each is asked, looked at and forgotten, some of them at a time. */
    private Uni<List<Late>> paired(Tx tx, List<Late> late) {
        var paired = new ArrayList<Late>();
        return pair(tx, late, paired).replaceWith(paired);
    }

    private Uni<Void> pair(Tx tx, List<Late> late, List<Late> paired) {
        return late.isEmpty() ? Uni.createFrom().voidItem()
                : answers(tx, late.stream().map(Late::questions).toList(), 1).chain(before -> pair(late.subList(0, before.size()), before, paired)
                        .chain(() -> pair(tx, late.subList(before.size(), late.size()), paired)));
    }

    private static Uni<Void> pair(List<Late> late, List<List<RecordedEvent>> before, List<Late> paired) {
        return eachIndex(late, i -> late.get(i).inquiry().spending(() -> {
            if (late.get(i).isFirst(before.get(i))) {
                paired.add(late.get(i));
            }
        }));
    }

    private static Uni<List<List<Hearing>>> hearings(List<Inquiry> asking, List<List<RecordedEvent>> answers, List<Late> paired) {
        var hearings = new ArrayList<List<Hearing>>(asking.size());
        return eachIndex(asking, i -> asking.get(i).spending(() -> {
            var inquiry = asking.get(i);
            var found = new ArrayList<Hearing>();
            if (inquiry.itself()) {
                found.add(inquiry.hearing(answers.get(i)));
            }
            paired.stream().filter(late -> late.inquiry() == inquiry).forEach(late -> found.add(late.hearing()));
            hearings.add(found);
        })).replaceWith(hearings);
    }

    private static Uni<Void> eachIndex(List<?> items, ToLongFunction<Integer> work) {
        return new Breather().each(IntStream.range(0, items.size()).boxed().toList(), work);
    }

    /** As many as are read at once, from the first on, and at least so many. */
    private Uni<List<List<RecordedEvent>>> answers(Tx tx, List<List<Question>> questions, int atLeast) {
        var all = questions.stream().flatMap(List::stream).toList();
        int must = questions.stream().limit(atLeast).mapToInt(List::size).sum();
        return journal.heard(tx, all).chain(some -> some.size() >= must ? Uni.createFrom().item(some)
                : heard(tx, all.subList(some.size(), must)).map(rest -> together(some, rest))).map(heard -> answers(questions, heard));
    }

    /** All of them, however much it is. */
    private Uni<List<List<RecordedEvent>>> heard(Tx tx, List<Question> questions) {
        return journal.heard(tx, questions).chain(some -> some.size() == questions.size() ? Uni.createFrom().item(some)
                : heard(tx, questions.subList(some.size(), questions.size())).map(rest -> together(some, rest)));
    }

    private static List<List<RecordedEvent>> together(List<List<RecordedEvent>> some, List<List<RecordedEvent>> rest) {
        return Stream.concat(some.stream(), rest.stream()).toList();
    }

    private static List<List<RecordedEvent>> answers(List<List<Question>> questions, List<List<RecordedEvent>> heard) {
        var answers = new ArrayList<List<RecordedEvent>>(questions.size());
        int next = 0;
        for (var some : questions) {
            if (next + some.size() > heard.size()) {
                break;
            }
            answers.add(heard.subList(next, next + some.size()).stream().flatMap(List::stream).toList());
            next += some.size();
        }
        return answers;
    }

    private static Inquiry inquiry(Rules.Asked asked) {
        var occasion = asked.occasion();
        var rule = asked.rule();
        var event = Hearing.ruleEvent(occasion.recorded());
        var questions = new ArrayList<Question>();
        boolean itself = occasion instanceof Occasion.Due || rule.listensTo(event.type());
        if (event.subject() != null) {
            if (itself) {
                rule.after().ifPresent(after -> after.events().forEach(type ->
                        questions.add(question(occasion, event, type, event.time().minus(after.within()), event.time(), occasion.asOf()))));
            }
            if (occasion instanceof Occasion.Due) {
                rule.absence().ifPresent(absence -> absence.events().forEach(type ->
                        questions.add(question(occasion, event, type, event.time(), absence.deadline(event), occasion.asOf()))));
            } else {
                rule.after().filter(after -> after.events().contains(event.type())).ifPresent(after -> rule.on().forEach(type ->
                        questions.add(question(occasion, event, type, event.time(), event.time().plus(after.within()), occasion.asOf() - 1))));
            }
        }
        return new Inquiry(occasion, rule, event, itself, questions,
                rule.after().map(After::pairing).orElse(null), rule.absence().map(Absence::pairing).orElse(null));
    }

    private static Question question(Occasion.OfEvent occasion, RuleEvent event, String type, Instant since, Instant until, long upTo) {
        return new Question(occasion.tenant(), Objects.requireNonNull(event.subject()), type, since, until, upTo);
    }

    /** The events that were heard before what they had to come after, which is the one heard now. */
    private static List<Late> lateIn(Inquiry inquiry, List<RecordedEvent> answers) {
        var after = inquiry.rule().after().orElse(null);
        if (after == null || !(inquiry.occasion() instanceof Occasion.Heard) || !after.events().contains(inquiry.event().type())) {
            return List.of();
        }
        var following = Objects.requireNonNull(inquiry.following());
        return answers.stream().filter(answer -> inquiry.rule().listensTo(answer.event().type()))
                .filter(answer -> answer.position() < inquiry.occasion().asOf())
                .filter(answer -> following.pairs(Hearing.ruleEvent(answer), inquiry.event()))
                .sorted(Comparator.comparingLong(RecordedEvent::position))
                .map(answer -> new Late(inquiry, answer, Hearing.ruleEvent(answer))).toList();
    }

    /**
     * @param itself    whether the rule listens to the occasion's event, and not only to hear what another came after
     * @param following for a rule with {@code after}
     * @param ending    for a rule with {@code absence}
     */
    private record Inquiry(Occasion.OfEvent occasion, Rule rule, RuleEvent event, boolean itself, List<Question> questions,
                           @Nullable Pairing following, @Nullable Pairing ending) {

        /** Does the work and answers what it cost. */
        long spending(Runnable work) {
            long before = spent();
            work.run();
            return spent() - before;
        }

        private long spent() {
            return (following == null ? 0 : following.spent()) + (ending == null ? 0 : ending.spent());
        }

        Hearing hearing(List<RecordedEvent> answers) {
            var events = answers.stream().map(Hearing::ruleEvent).toList();
            return Hearing.of(occasion, occasion.recorded(), event, rule,
                    rule.after().map(after -> first(events, after.events(), following)).orElse(null),
                    rule.absence().map(absence -> first(events, absence.events(), ending)).orElse(null));
        }

        private @Nullable RuleEvent first(List<RuleEvent> events, List<String> types, @Nullable Pairing fitting) {
            return fitting == null ? null
                    : events.stream().filter(other -> types.contains(other.type()) && fitting.pairs(event, other)).findFirst().orElse(null);
        }
    }

    /** An event whose forerunner arrived after it. */
    private record Late(Inquiry inquiry, RecordedEvent recorded, RuleEvent trigger) {

        List<Question> questions() {
            var after = inquiry.rule().after().orElseThrow();
            return after.events().stream().map(type -> question(inquiry.occasion(), trigger, type,
                    trigger.time().minus(after.within()), trigger.time(), inquiry.occasion().asOf() - 1)).toList();
        }

        /** Whether nothing heard earlier had completed the pair already. */
        boolean isFirst(List<RecordedEvent> before) {
            var following = Objects.requireNonNull(inquiry.following());
            return before.stream().map(Hearing::ruleEvent).noneMatch(one -> following.pairs(trigger, one));
        }

        Hearing hearing() {
            return Hearing.of(inquiry.occasion(), recorded, trigger, inquiry.rule(), inquiry.event(), null);
        }
    }
}
