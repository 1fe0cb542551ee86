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
record NotifyBuilder(Heading heading, Clauses clauses) {

    Decision notifyOrWait(RuleGates gates, Instant now) {
        if (clauses.absence() != null) {
            return until(
                    gates,
                    WaitKind.ABSENCE,
                    clauses.absence().until(gates.scope().event()));
        }
        if (clauses.delay() != null) {
            return until(gates, WaitKind.DELAY, now.plus(clauses.delay()));
        }
        return clauses.digest() != null ? collected(gates, clauses.digest()) : notification(gates);
    }

    Decision notification(RuleGates gates) {
        ExpressionResult key = businessKey(gates.scope());
        return key.problem() != null
                ? gates.refused(Gate.ONCE, Reason.VARIABLE_MISSING, key.problem())
                : throttled(gates, clauses.notification().context(gates.scope()), (String) key.value());
    }

    /** A digest as a whole has no business key: each item had one, and was deduplicated when it was collected. */
    Decision digest(RuleGates gates, List<Map<String, @Nullable Object>> items) {
        Map<String, @Nullable Object> context =
                new LinkedHashMap<>(clauses.notification().context(gates.scope()));
        context.put("items", List.copyOf(items));
        context.put("count", (long) items.size());
        return throttled(gates, context, null);
    }

    /** "The set was not complete in time" is another fact than "the set was complete in the end". */
    Decision timeout(RuleGates gates, NotifyClause notification, Instant now) {
        ExpressionResult key = businessKey(gates.scope());
        if (key.problem() != null) {
            return gates.refused(Gate.ONCE, Reason.VARIABLE_MISSING, key.problem());
        }
        String businessKey = key.value() == null ? null : key.value() + "/timeout";
        Instant expiresAt = clauses.expires() == null ? null : now.plus(clauses.expires());
        return built(gates, notification, notification.context(gates.scope()), businessKey, null, expiresAt);
    }

    @Nullable
    Instant expiresAt(Scope scope) {
        return clauses.expires() == null ? null : scope.event().time().plus(clauses.expires());
    }

    private Decision throttled(RuleGates gates, Map<String, @Nullable Object> context, @Nullable String businessKey) {
        NotifyClause notification = clauses.notification();
        ThrottleClause clause = clauses.throttle();
        Throttle throttle = null;
        if (clause != null) {
            ExpressionResult key = clause.key(gates.scope(), heading.id(), gates.customer(), notification.internal());
            if (key.problem() != null) {
                return gates.refused(Gate.THROTTLE, Reason.VARIABLE_MISSING, key.problem());
            }
            throttle = clause.throttle((String) key.value());
        }
        return built(gates, notification, context, businessKey, throttle, expiresAt(gates.scope()));
    }

    private Decision.Notify built(
            RuleGates gates,
            NotifyClause notification,
            Map<String, @Nullable Object> context,
            @Nullable String businessKey,
            @Nullable Throttle throttle,
            @Nullable Instant expiresAt) {
        return new Decision.Notify(
                heading.ref(),
                gates.customer(),
                notification.type(),
                context,
                businessKey,
                notification.channels(),
                heading.priority(),
                throttle,
                expiresAt,
                notification.internal(),
                notification.locale(gates.scope()),
                gates.gates());
    }

    private Decision until(RuleGates gates, WaitKind kind, Instant until) {
        gates.ask(scope -> GateResult.passed(kind == WaitKind.ABSENCE ? Gate.ABSENCE : Gate.DELAY, "until " + until));
        return waiting(gates, kind, until, null, Map.of(), null);
    }

    private Decision collected(RuleGates gates, DigestClause digest) {
        ExpressionResult key = digest.key(gates.scope());
        if (key.problem() != null) {
            return gates.refused(Gate.DIGEST, Reason.VARIABLE_MISSING, key.problem());
        }
        ExpressionResult businessKey = businessKey(gates.scope());
        if (businessKey.problem() != null) {
            return gates.refused(Gate.ONCE, Reason.VARIABLE_MISSING, businessKey.problem());
        }
        gates.ask(scope -> GateResult.passed(Gate.DIGEST, digest.inWords()));
        return waiting(
                gates,
                WaitKind.DIGEST,
                null,
                (String) key.value(),
                clauses.notification().context(gates.scope()),
                (String) businessKey.value());
    }

    private Decision.Wait waiting(
            RuleGates gates,
            WaitKind kind,
            @Nullable Instant until,
            @Nullable String key,
            Map<String, @Nullable Object> context,
            @Nullable String businessKey) {
        return new Decision.Wait(
                heading.ref(), gates.customer(), kind, until, key, context, businessKey, gates.gates());
    }

    /** The notification pipeline checks the key: that is the gate. */
    private ExpressionResult businessKey(Scope scope) {
        return clauses.once() == null
                ? ExpressionResult.of(null)
                : clauses.once().text(scope);
    }
}
