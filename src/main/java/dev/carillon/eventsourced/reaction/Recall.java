package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.journal.Question;
import dev.carillon.eventsourced.journal.RecordedEvent;
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
import java.util.function.Predicate;

/**
 * What else was heard: what an event came after, in whichever order the two arrived, and what ended an absence. It is
 * asked of the journal up to the occasion's position, so that the answer is the same whenever it is asked.
 */
class Recall {

    private final EventJournal journal;

    Recall(EventJournal journal) {
        this.journal = journal;
    }

    /** One list a question, in order. */
    Uni<List<List<Hearing>>> hearings(Tx tx, List<Rules.Asked> asked) {
        var asking = asked.stream().map(Recall::inquiry).toList();
        return answers(tx, asking.stream().map(Inquiry::questions).toList()).chain(answers -> {
            var late = new ArrayList<Late>();
            for (int i = 0; i < asking.size(); i++) {
                late.addAll(lateIn(asking.get(i), answers.get(i)));
            }
            return answers(tx, late.stream().map(Late::questions).toList()).map(before -> {
                var paired = new ArrayList<Late>();
                for (int i = 0; i < late.size(); i++) {
                    if (late.get(i).isFirst(before.get(i))) {
                        paired.add(late.get(i));
                    }
                }
                return hearings(asking, answers, paired);
            });
        });
    }

    private static List<List<Hearing>> hearings(List<Inquiry> asking, List<List<RecordedEvent>> answers, List<Late> paired) {
        var hearings = new ArrayList<List<Hearing>>(asking.size());
        for (int i = 0; i < asking.size(); i++) {
            var inquiry = asking.get(i);
            var found = new ArrayList<Hearing>();
            if (inquiry.itself()) {
                found.add(inquiry.hearing(answers.get(i)));
            }
            paired.stream().filter(late -> late.inquiry() == inquiry).forEach(late -> found.add(late.hearing()));
            hearings.add(found);
        }
        return hearings;
    }

    private Uni<List<List<RecordedEvent>>> answers(Tx tx, List<List<Question>> questions) {
        return journal.heard(tx, questions.stream().flatMap(List::stream).toList()).map(all -> {
            var answers = new ArrayList<List<RecordedEvent>>(questions.size());
            int next = 0;
            for (var some : questions) {
                var events = new ArrayList<RecordedEvent>();
                for (int i = 0; i < some.size(); i++) {
                    events.addAll(all.get(next++));
                }
                answers.add(events);
            }
            return answers;
        });
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
        return new Inquiry(occasion, rule, event, itself, questions);
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
        return answers.stream().filter(answer -> inquiry.rule().listensTo(answer.event().type()))
                .filter(answer -> answer.position() < inquiry.occasion().asOf())
                .filter(answer -> after.matches(Hearing.ruleEvent(answer), inquiry.event()))
                .sorted(Comparator.comparingLong(RecordedEvent::position))
                .map(answer -> new Late(inquiry, answer, Hearing.ruleEvent(answer))).toList();
    }

    /** @param itself whether the rule listens to the occasion's event, and not only to hear what another came after */
    private record Inquiry(Occasion.OfEvent occasion, Rule rule, RuleEvent event, boolean itself, List<Question> questions) {

        Hearing hearing(List<RecordedEvent> answers) {
            var events = answers.stream().map(Hearing::ruleEvent).toList();
            return Hearing.of(occasion, occasion.recorded(), event, rule,
                    rule.after().map(after -> first(events, earlier -> after.events().contains(earlier.type()) && after.matches(event, earlier))).orElse(null),
                    rule.absence().map(absence -> first(events, other -> absence.events().contains(other.type()) && absence.endedBy(event, other))).orElse(null));
        }

        private static @Nullable RuleEvent first(List<RuleEvent> events, Predicate<RuleEvent> fits) {
            return events.stream().filter(fits).findFirst().orElse(null);
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
            return before.stream().map(Hearing::ruleEvent).noneMatch(one -> inquiry.rule().after().orElseThrow().matches(trigger, one));
        }

        Hearing hearing() {
            return Hearing.of(inquiry.occasion(), recorded, trigger, inquiry.rule(), inquiry.event(), null);
        }
    }
}
