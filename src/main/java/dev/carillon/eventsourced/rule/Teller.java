package dev.carillon.eventsourced.rule;

import dev.carillon.eventsourced.rule.Decision.Wait.Kind;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.tracking.Gate;
import dev.carillon.notification.tracking.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words what a rule's yes leads to: a notification, now or later. */
final class Teller {

    private final Heading heading;
    private final Clauses clauses;

    Teller(Heading heading, Clauses clauses) {
        this.heading = heading;
        this.clauses = clauses;
    }

    Decision tellOrWait(Walk walk, String customerId, Instant now) {
        Waiting waiting = clauses.waiting();
        if (waiting.absence() != null) {
            return until(walk, customerId, Kind.ABSENCE, waiting.absence().deadline(walk.scope().event()));
        }
        if (waiting.delay() != null) {
            return until(walk, customerId, Kind.DELAY, now.plus(waiting.delay().length()));
        }
        return waiting.digest() != null ? absorbed(walk, customerId, waiting.digest()) : tell(walk, customerId);
    }

    Decision tell(Walk walk, String customerId) {
        Outcome key = businessKey(walk.scope());
        return key.problem() != null
                ? walk.refused("once", Reason.VARIABLE_MISSING, key.problem())
                : notify(walk, customerId, clauses.notification(), clauses.notification().context(walk.scope()), (String) key.value());
    }

    /** The digest as a whole is no fact of its own: each item was one, and was kept from being told twice when it was absorbed. */
    Decision tellDigest(Walk walk, String customerId, List<Map<String, @Nullable Object>> items) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>(clauses.notification().context(walk.scope()));
        context.put("items", List.copyOf(items));
        context.put("count", (long) items.size());
        return notify(walk, customerId, clauses.notification(), context, null);
    }

    /** That a set was not complete in time is another fact than that it was complete in the end. */
    Decision tellTimeout(Walk walk, String customerId, NotifyClause notification, Instant now) {
        Outcome key = businessKey(walk.scope());
        if (key.problem() != null) {
            return walk.refused("once", Reason.VARIABLE_MISSING, key.problem());
        }
        String businessKey = key.value() == null ? null : key.value() + "/timeout";
        Instant expiresAt = clauses.expires() == null ? null : now.plus(clauses.expires());
        return new Decision.Notify(
                heading.id(), heading.version(), customerId, notification.type(), notification.context(walk.scope()), businessKey,
                notification.channels(), heading.priority(), null, expiresAt, notification.internal(), notification.locale(walk.scope()), walk.gates());
    }

    @Nullable Instant expiresAt(Scope scope) {
        return clauses.expires() == null ? null : scope.event().time().plus(clauses.expires());
    }

    private Decision notify(
            Walk walk, String customerId, NotifyClause notification, Map<String, @Nullable Object> context, @Nullable String businessKey) {
        ThrottleClause clause = clauses.throttle();
        Throttle throttle = null;
        if (clause != null) {
            Outcome key = clause.key(walk.scope(), heading.id(), customerId, notification.internal());
            if (key.problem() != null) {
                return walk.refused("throttle", Reason.VARIABLE_MISSING, key.problem());
            }
            throttle = clause.throttle((String) key.value());
        }
        return new Decision.Notify(
                heading.id(), heading.version(), customerId, notification.type(), context, businessKey, notification.channels(),
                heading.priority(), throttle, expiresAt(walk.scope()), notification.internal(), notification.locale(walk.scope()), walk.gates());
    }

    private Decision until(Walk walk, String customerId, Kind kind, Instant until) {
        walk.ask(scope -> Gate.passed(kind == Kind.ABSENCE ? "absence" : "delay", "until " + until));
        return new Decision.Wait(heading.id(), heading.version(), customerId, kind, until, null, Map.of(), null, walk.gates());
    }

    private Decision absorbed(Walk walk, String customerId, DigestClause digest) {
        Outcome key = digest.key(walk.scope());
        if (key.problem() != null) {
            return walk.refused("digest", Reason.VARIABLE_MISSING, key.problem());
        }
        Outcome businessKey = businessKey(walk.scope());
        if (businessKey.problem() != null) {
            return walk.refused("once", Reason.VARIABLE_MISSING, businessKey.problem());
        }
        walk.ask(scope -> Gate.passed("digest", digest.inWords()));
        return new Decision.Wait(
                heading.id(), heading.version(), customerId, Kind.DIGEST, null, (String) key.value(),
                clauses.notification().context(walk.scope()), (String) businessKey.value(), walk.gates());
    }

    /** The corridor asks whether it was told before: that is the gate. */
    private Outcome businessKey(Scope scope) {
        return clauses.once() == null ? Outcome.of(null) : clauses.once().key(scope);
    }
}
