package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.audit.WouldHaveChangedIt.Otherwise;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.reaction.AsOfEvaluation;
import dev.carillon.eventsourced.rule.Decision;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Decision.Notify;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.PipelineRehearsal;
import dev.carillon.notification.Schedule;
import dev.carillon.notification.decision.EventRef;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Origin.EventOrigin;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what would have changed a "no": it takes what the gate objected to to be otherwise, and asks all gates again, the rule's on the
 * facts as of the event and those of the pipeline on the customer as of then, until none objects or one cannot be helped.
 */
@ApplicationScoped
class OutcomeChanges {

    private static final int MOST = 8;

    private final AsOfEvaluation asOfEvaluation;
    private final PipelineRehearsal pipeline;
    private final Ids ids;

    OutcomeChanges(AsOfEvaluation asOfEvaluation, PipelineRehearsal pipeline, Ids ids) {
        this.asOfEvaluation = asOfEvaluation;
        this.pipeline = pipeline;
        this.ids = ids;
    }

    /** One search: the rule with fewer and fewer conditions, and the reasons that are taken not to hold. */
    private record ChangeSearch(
            RecordedEvent event, String customerId, Rule rule, Set<Reason> otherwise, List<Otherwise> found) {

        ChangeSearch with(Rule rule, GateResult gate, String change) {
            var all = new ArrayList<>(found);
            all.add(new Otherwise(gate.gate(), Objects.requireNonNull(gate.reason()), change));
            return new ChangeSearch(event, customerId, rule, otherwise, all);
        }

        ChangeSearch with(Reason reason, GateResult gate, String change) {
            var reasons = EnumSet.of(reason);
            reasons.addAll(otherwise);
            var all = with(rule, gate, change).found();
            return new ChangeSearch(event, customerId, rule, reasons, all);
        }
    }

    /** @param refusal the gate that said no */
    Uni<WouldHaveChangedIt> of(Tx tx, RecordedEvent event, String customerId, Rule rule, GateResult refusal) {
        return after(tx, new ChangeSearch(event, customerId, rule, EnumSet.noneOf(Reason.class), List.of()), refusal);
    }

    /** Takes the refusal not to have been, where that is possible, and goes on. */
    private Uni<WouldHaveChangedIt> after(Tx tx, ChangeSearch search, GateResult refusal) {
        var changed = search.found().size() < MOST ? changed(search, refusal) : Optional.<ChangeSearch>empty();
        return changed.isPresent()
                ? ask(tx, changed.get())
                : Uni.createFrom().item(WouldHaveChangedIt.of(search.found(), List.of(), false, refusal));
    }

    private static Optional<ChangeSearch> changed(ChangeSearch search, GateResult refusal) {
        var reason = Objects.requireNonNull(refusal.reason());
        var words = PassingWords.of(refusal, search.event().event().data());
        if (PipelineRehearsal.canChange(reason) && !isOfRule(refusal)) {
            return search.otherwise().contains(reason)
                    ? Optional.empty()
                    : Optional.of(search.with(reason, refusal, words));
        }
        return search.rule()
                .without(refusal.gate(), search.customerId())
                .filter(fewer -> search.found().stream().noneMatch(one -> one.gate() == refusal.gate()))
                .map(fewer -> search.with(fewer, refusal, words));
    }

    private static boolean isOfRule(GateResult refusal) {
        return switch (refusal.gate()) {
            case WHEN, AFTER, AUDIENCE, WHERE, EXPIRES -> true;
            default -> false;
        };
    }

    private Uni<WouldHaveChangedIt> ask(Tx tx, ChangeSearch search) {
        return asOfEvaluation
                .answers(tx, search.event(), search.customerId(), List.of(search.rule()))
                .chain(answers -> answers.isEmpty()
                        ? Uni.createFrom().item(WouldHaveChangedIt.of(search.found(), List.of(), true, null))
                        : answered(tx, search, answers.get(0).decision()));
    }

    private Uni<WouldHaveChangedIt> answered(Tx tx, ChangeSearch search, Decision decision) {
        if (decision instanceof Ignore ignore) {
            return after(tx, search, ignore.gates().get(ignore.gates().size() - 1));
        }
        if (!(decision instanceof Notify notify)) {
            return Uni.createFrom().item(WouldHaveChangedIt.of(search.found(), List.of(), true, null));
        }
        return pipeline.decide(tx, command(search.event(), notify), search.otherwise())
                .chain(rehearsed -> rehearsed.refusal() != null
                        ? after(tx, search, rehearsed.refusal())
                        : Uni.createFrom()
                                .item(WouldHaveChangedIt.of(
                                        search.found(), rehearsed.channels(), rehearsed.until() != null, null)));
    }

    private NotificationCommand command(RecordedEvent recorded, Notify notify) {
        var event = recorded.event();
        return new NotificationCommand(
                event.tenant(),
                ids.next(),
                notify.type(),
                notify.customerId(),
                notify.context(),
                notify.businessKey(),
                notify.channels(),
                notify.priority(),
                null,
                new EventOrigin(
                        new EventRef(event.id(), recorded.position()),
                        notify.rule(),
                        notify.gates(),
                        null,
                        recorded.position()),
                recorded.recordedAt(),
                notify.throttle(),
                Schedule.until(notify.expiresAt()),
                notify.internal(),
                notify.locale());
    }
}
