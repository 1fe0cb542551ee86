package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.Decision.Wait.WaitKind;
import dev.carillon.notification.decision.Gate;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.throttle.Throttle;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the notification that a rule's decision leads to, now or later. */
final class NotifyBuilder {

    private final Heading heading;
    private final Clauses clauses;

    NotifyBuilder(Heading heading, Clauses clauses) {
        this.heading = heading;
        this.clauses = clauses;
    }

    Decision tellOrWait(RuleGates walk, String customerId, Instant now) {
        Waiting waiting = clauses.waiting();
        if (waiting.absence() != null) {
            return until(
                    walk,
                    customerId,
                    WaitKind.ABSENCE,
                    waiting.absence().until(walk.scope().event()));
        }
        if (waiting.delay() != null) {
            return until(
                    walk, customerId, WaitKind.DELAY, now.plus(waiting.delay().length()));
        }
        return waiting.digest() != null ? absorbed(walk, customerId, waiting.digest()) : tell(walk, customerId);
    }

    Decision tell(RuleGates walk, String customerId) {
        ExpressionResult key = businessKey(walk.scope());
        return key.problem() != null
                ? walk.refused(Gate.ONCE, Reason.VARIABLE_MISSING, key.problem())
                : notify(
                        walk,
                        customerId,
                        clauses.notification(),
                        clauses.notification().context(walk.scope()),
                        (String) key.value());
    }

    /** A digest as a whole has no business key: each item had one, and was deduplicated when it was absorbed. */
    Decision tellDigest(RuleGates walk, String customerId, List<Map<String, @Nullable Object>> items) {
        Map<String, @Nullable Object> context =
                new LinkedHashMap<>(clauses.notification().context(walk.scope()));
        context.put("items", List.copyOf(items));
        context.put("count", (long) items.size());
        return notify(walk, customerId, clauses.notification(), context, null);
    }

    /** "The set was not complete in time" is another fact than "the set was complete in the end". */
    Decision tellTimeout(RuleGates walk, String customerId, NotifyClause notification, Instant now) {
        ExpressionResult key = businessKey(walk.scope());
        if (key.problem() != null) {
            return walk.refused(Gate.ONCE, Reason.VARIABLE_MISSING, key.problem());
        }
        String businessKey = key.value() == null ? null : key.value() + "/timeout";
        Instant expiresAt = clauses.expires() == null ? null : now.plus(clauses.expires());
        return new Decision.Notify(
                heading.ref(),
                customerId,
                notification.type(),
                notification.context(walk.scope()),
                businessKey,
                notification.channels(),
                heading.priority(),
                null,
                expiresAt,
                notification.internal(),
                notification.locale(walk.scope()),
                walk.gates());
    }

    @Nullable
    Instant expiresAt(Scope scope) {
        return clauses.expires() == null ? null : scope.event().time().plus(clauses.expires());
    }

    private Decision notify(
            RuleGates walk,
            String customerId,
            NotifyClause notification,
            Map<String, @Nullable Object> context,
            @Nullable String businessKey) {
        ThrottleClause clause = clauses.throttle();
        Throttle throttle = null;
        if (clause != null) {
            ExpressionResult key = clause.key(walk.scope(), heading.id(), customerId, notification.internal());
            if (key.problem() != null) {
                return walk.refused(Gate.THROTTLE, Reason.VARIABLE_MISSING, key.problem());
            }
            throttle = clause.throttle((String) key.value());
        }
        return new Decision.Notify(
                heading.ref(),
                customerId,
                notification.type(),
                context,
                businessKey,
                notification.channels(),
                heading.priority(),
                throttle,
                expiresAt(walk.scope()),
                notification.internal(),
                notification.locale(walk.scope()),
                walk.gates());
    }

    private Decision until(RuleGates walk, String customerId, WaitKind kind, Instant until) {
        walk.ask(scope -> GateResult.passed(kind == WaitKind.ABSENCE ? Gate.ABSENCE : Gate.DELAY, "until " + until));
        return new Decision.Wait(heading.ref(), customerId, kind, until, null, Map.of(), null, walk.gates());
    }

    private Decision absorbed(RuleGates walk, String customerId, DigestClause digest) {
        ExpressionResult key = digest.key(walk.scope());
        if (key.problem() != null) {
            return walk.refused(Gate.DIGEST, Reason.VARIABLE_MISSING, key.problem());
        }
        ExpressionResult businessKey = businessKey(walk.scope());
        if (businessKey.problem() != null) {
            return walk.refused(Gate.ONCE, Reason.VARIABLE_MISSING, businessKey.problem());
        }
        walk.ask(scope -> GateResult.passed(Gate.DIGEST, digest.inWords()));
        return new Decision.Wait(
                heading.ref(),
                customerId,
                WaitKind.DIGEST,
                null,
                (String) key.value(),
                clauses.notification().context(walk.scope()),
                (String) businessKey.value(),
                walk.gates());
    }

    /** The notification pipeline checks the key: that is the gate. */
    private ExpressionResult businessKey(Scope scope) {
        return clauses.once() == null
                ? ExpressionResult.of(null)
                : clauses.once().key(scope);
    }
}
