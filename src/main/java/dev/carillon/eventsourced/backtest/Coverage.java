package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.backtest.BacktestReport.RuleCoverage;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.RuleDecision;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much of the past each rule under test had to do with. So a rule that never fires, because its condition names a field that no
 * event has, differs from one whose events never came. Not thread-safe; one chunk of the journal after the other.
 */
final class Coverage {

    /** Of the reasons why {@code when} did not hold. Each is a sentence about the rule, so there are few. */
    private static final int REASONS = 5;

    /** A refusal at one of these looked at no customer. */
    private static final Set<Gate> BEFORE_CUSTOMERS = EnumSet.of(Gate.WHEN, Gate.AFTER, Gate.AUDIENCE, Gate.BUDGET);

    private final Map<String, RuleCount> byRule = new LinkedHashMap<>();
    private final RuleBook book;
    private Map<Long, RecordedEvent> heard = Map.of();

    private static final class RuleCount {
        private final Map<String, Integer> events = new TreeMap<>();
        private final Map<String, Integer> refused = new TreeMap<>();
        private int customers;
        private int told;
    }

    Coverage(RuleBook book) {
        this.book = book;
        for (var rule : book.rules()) {
            var count = new RuleCount();
            rule.on().forEach(type -> count.events.put(type, 0));
            byRule.put(rule.id(), count);
        }
    }

    /** The next events that count. What is decided from here on about others does not. */
    void hears(Collection<RecordedEvent> events) {
        heard = new HashMap<>();
        for (var event : events) {
            heard.put(event.position(), event);
            book.listeningTo(event.event().type())
                    .forEach(rule -> count(rule)
                            .events
                            .computeIfPresent(namedIn(rule, event.event().type()), (type, times) -> times + 1));
        }
    }

    /** What the rules decided, if it is no notification. */
    void decided(RuleDecision decision) {
        var count = countOf(decision.event(), decision.rule().id(), decision.judgedAt());
        if (count == null || decision.gates().isEmpty()) {
            return;
        }
        var last = decision.gates().get(decision.gates().size() - 1);
        if (last.passed() || !BEFORE_CUSTOMERS.contains(last.gate())) {
            count.customers++;
        } else if (last.gate() == Gate.WHEN && listens(decision)) {
            refused(count, last);
        }
    }

    /** @param told whether a notification would be sent */
    void commanded(EventRef event, String rule, Instant judgedAt, boolean told) {
        var count = countOf(event, rule, judgedAt);
        if (count != null) {
            count.customers++;
            count.told += told ? 1 : 0;
        }
    }

    List<RuleCoverage> report() {
        return book.rules().stream()
                .map(rule -> {
                    var count = count(rule);
                    var refused = count.refused.values().stream()
                            .mapToInt(times -> times)
                            .sum();
                    var events = count.events.values().stream()
                            .mapToInt(times -> times)
                            .sum();
                    return RuleCoverage.of(
                            rule.id(),
                            rule.enabled(),
                            Map.copyOf(count.events),
                            events - refused,
                            count.customers,
                            count.told,
                            Map.copyOf(count.refused));
                })
                .toList();
    }

    /** What the rest was refused for is said together. */
    private static void refused(RuleCount count, GateResult gate) {
        var why = count.refused.containsKey(gate.detail()) || count.refused.size() < REASONS
                ? gate.detail()
                : "other reasons";
        count.refused.merge(why, 1, Integer::sum);
    }

    /** Null for what was decided about an event that does not count, or at a later time: the event's turn was counted. */
    private @Nullable RuleCount countOf(EventRef event, String rule, Instant judgedAt) {
        var known = heard.get(event.position());
        return known == null || !known.recordedAt().equals(judgedAt) ? null : byRule.get(rule);
    }

    /** An event that a rule only wants to come before or after another one is none that its {@code when} is about. */
    private boolean listens(RuleDecision decision) {
        var event = heard.get(decision.event().position());
        return event != null
                && book.rule(decision.rule().id())
                        .filter(rule -> rule.listensTo(event.event().type()))
                        .isPresent();
    }

    private RuleCount count(Rule rule) {
        return byRule.computeIfAbsent(rule.id(), id -> new RuleCount());
    }

    /** The type under {@code on} that the event came by; what is in none is not counted. */
    private static String namedIn(Rule rule, String type) {
        return rule.on().stream()
                .filter(on -> on.equals(type) || on.endsWith(".*") && type.startsWith(on.substring(0, on.length() - 1)))
                .findFirst()
                .orElse("");
    }
}
