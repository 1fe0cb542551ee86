package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.audit.EventPage.EventLine;
import dev.carillon.eventsourced.audit.TypeExplanation.CallExplanation;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.ruleset.RuleNotThen;
import dev.carillon.eventsourced.ruleset.RulesThen;
import dev.carillon.notification.decision.Door;
import dev.carillon.notification.tracking.NotificationFilter;
import dev.carillon.notification.tracking.NotificationList;
import dev.carillon.notification.tracking.NotificationPage;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains a kind of notification around a time: whoever asks need not know an event. */
@ApplicationScoped
class TypeExplanations {

    static final Duration AROUND = Duration.ofHours(24);

    private static final int EVENTS = 10;
    private static final int CALLS = 20;

    private final PgEventAudit store;
    private final Explanations explanations;
    private final NotificationList notifications;
    private final RulesThen rules;
    private final Transactions transactions;

    TypeExplanations(
            PgEventAudit store,
            Explanations explanations,
            NotificationList notifications,
            RulesThen rules,
            Transactions transactions) {
        this.store = store;
        this.explanations = explanations;
        this.notifications = notifications;
        this.rules = rules;
        this.transactions = transactions;
    }

    Uni<TypeExplanation> explain(String tenant, String type, String customerId, Instant at) {
        Predicate<Rule> forType =
                rule -> rule.targets().stream().anyMatch(target -> target.type().equals(type));
        var concerned = rules.now(forType);
        var from = at.minus(AROUND);
        var to = at.plus(AROUND);
        var calls = new NotificationFilter(customerId, type, null, null, null, null, from, to);
        return transactions
                .inTransaction(tx -> events(tx, tenant, customerId, concerned, at)
                        .chain(lines -> explained(tx, tenant, lines, customerId, ids(concerned))))
                .chain(events -> notifications
                        .page(tenant, calls, null, CALLS)
                        .chain(page -> rules.notThen(at, forType)
                                .map(notThen -> explanation(type, customerId, from, to, events, page, notThen))));
    }

    private static Set<String> ids(List<Rule> rules) {
        return rules.stream().map(Rule::id).collect(Collectors.toSet());
    }

    /** Of rules that only reach an event's subject, the customer's own events; of the others all of their types. */
    private Uni<List<EventLine>> events(Tx tx, String tenant, String customerId, List<Rule> concerned, Instant at) {
        var own = patterns(concerned.stream());
        var anybodys = patterns(concerned.stream().filter(Rule::reachesSeveral)).stream()
                .filter(pattern -> !pattern.endsWith("*"))
                .toList();
        return store.around(tx, tenant, customerId, own, anybodys, at, AROUND, EVENTS)
                .map(found -> found.stream()
                        .sorted(Comparator.comparing((EventLine line) ->
                                Duration.between(at, line.recordedAt()).abs()))
                        .limit(EVENTS)
                        .toList());
    }

    private static List<String> patterns(Stream<Rule> rules) {
        return rules.flatMap(rule -> rule.on().stream()).distinct().toList();
    }

    private Uni<List<Explanation>> explained(
            Tx tx, String tenant, List<EventLine> lines, String customerId, Set<String> ruleIds) {
        return Multi.createFrom()
                .iterable(lines)
                .onItem()
                .transformToUniAndConcatenate(line -> store.find(tx, tenant, line.id(), line.source()))
                .filter(Optional::isPresent)
                .onItem()
                .transformToUniAndConcatenate(entry -> explanations
                        .explain(tx, entry.get(), customerId)
                        .map(explained -> Optional.ofNullable(explained.only(ruleIds::contains))))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private static TypeExplanation explanation(
            String type,
            String customerId,
            Instant from,
            Instant to,
            List<Explanation> events,
            NotificationPage page,
            List<RuleNotThen> notThen) {
        var calls = page.notifications().stream()
                .filter(one -> one.door().equals(Door.API_DRIVEN.wire()))
                .map(CallExplanation::of)
                .toList();
        var verdicts = Stream.concat(
                        events.stream().flatMap(event -> event.rules().stream()).map(Explanation.OfRule::verdict),
                        calls.stream().map(CallExplanation::verdict))
                .collect(Collectors.toSet());
        return new TypeExplanation(
                type, customerId, from, to, verdict(verdicts), summary(events, calls, notThen), events, calls, notThen);
    }

    private static String verdict(Set<String> verdicts) {
        if (verdicts.contains("told")) {
            return "told";
        }
        if (verdicts.contains("waiting") || verdicts.contains("pending") || verdicts.contains("digested")) {
            return "waiting";
        }
        return verdicts.isEmpty() ? "never-asked" : "not-told";
    }

    /** The nearest event, the latest call, and the rules that could not say anything. */
    private static String summary(List<Explanation> events, List<CallExplanation> calls, List<RuleNotThen> notThen) {
        var sentences = new ArrayList<String>();
        events.stream()
                .filter(event ->
                        event.rules().stream().anyMatch(rule -> rule.verdict().equals("told")))
                .findFirst()
                .or(() -> events.stream().findFirst())
                .ifPresent(event -> sentences.add(event.summary()));
        calls.stream().findFirst().ifPresent(call -> sentences.add("A caller asked for it: " + call.sentence()));
        if (sentences.isEmpty()) {
            sentences.add(
                    "Around that time nothing happened that a rule for this message listens to, and no caller asked for it.");
        }
        notThen.stream().map(one -> one.ruleId() + ": " + one.sentence()).forEach(sentences::add);
        return String.join(" ", sentences);
    }
}
