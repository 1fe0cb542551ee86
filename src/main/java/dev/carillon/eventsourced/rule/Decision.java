package dev.carillon.eventsourced.rule;

import dev.carillon.notification.Priority;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.notification.throttle.Throttle;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rule's decision about an event and one customer, with every gate it went through, in order. */
public sealed interface Decision {

    RuleRef rule();

    /** The gates in the order they were reached; the last one is the verdict. */
    List<GateResult> gates();

    /**
     * Notify this customer.
     *
     * @param context what the template may use: String, Long, Double, Boolean, List and Map
     * @param businessKey the key of the fact that is sent at most once, or null if the rule has no {@code once}
     * @param channels the only channels to use, or empty for whichever the customer prefers
     * @param throttle how many of these are too many, or null if the rule has no {@code throttle}
     * @param expiresAt when it is of no use any more, or null if it always is
     * @param internal whether it goes to the internal recipient; it is still about the customer
     * @param locale in which language, or null for the customer's
     */
    record Notify(
            RuleRef rule,
            String customerId,
            String type,
            Map<String, @Nullable Object> context,
            @Nullable String businessKey,
            List<String> channels,
            Priority priority,
            @Nullable Throttle throttle,
            @Nullable Instant expiresAt,
            boolean internal,
            @Nullable Locale locale,
            List<GateResult> gates)
            implements Decision {

        public Notify {
            gates = List.copyOf(gates);
        }
    }

    /**
     * Not yet: the rule said yes, but some time has to pass. The last gate says until when.
     *
     * @param until when to judge again: {@link Evaluation#release}; null for a digest, which closes by its {@link DigestPlan}
     * @param key which of the customer's digests of this rule; null for the only one, and for anything but a digest
     * @param context what a digest collects of this event; empty for anything but a digest
     * @param businessKey the key of the fact that is sent at most once in any digest, or null; null for anything but a digest
     */
    record Wait(
            RuleRef rule,
            String customerId,
            WaitKind kind,
            @Nullable Instant until,
            @Nullable String key,
            Map<String, @Nullable Object> context,
            @Nullable String businessKey,
            List<GateResult> gates)
            implements Decision {

        /** What the decision waits for. */
        public enum WaitKind {
            DELAY,
            ABSENCE,
            DIGEST
        }

        public Wait {
            gates = List.copyOf(gates);
        }
    }

    /**
     * Notify nobody, or not this customer.
     *
     * @param customerId null when the rule said no before looking at any customer
     */
    record Ignore(RuleRef rule, @Nullable String customerId, Reason reason, String detail, List<GateResult> gates)
            implements Decision {

        public Ignore {
            gates = List.copyOf(gates);
        }

        /** The verdict is the last gate. */
        static Ignore at(RuleRef rule, @Nullable String customerId, List<GateResult> gates) {
            GateResult verdict = gates.get(gates.size() - 1);
            Reason reason = Objects.requireNonNull(verdict.reason(), "the last gate was passed");
            return new Ignore(rule, customerId, reason, verdict.detail(), gates);
        }
    }
}
