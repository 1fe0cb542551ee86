package dev.carillon.notification.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a notification came from. */
public sealed interface Origin {

    Door door();

    /** The event that led to it; null where a caller asked for it. */
    @Nullable
    EventRef event();

    /** The rule that decided; null where a caller did. */
    @Nullable
    RuleRef rule();

    /** The gates it passed before the pipeline. */
    List<GateResult> gates();

    /** The trace it belongs to. */
    @Nullable
    String traceparent();

    /** The journal position as of which the customer is read; null for the present. */
    @Nullable
    Long asOf();

    /** A rule answered an event. */
    record EventOrigin(
            EventRef event,
            RuleRef rule,
            List<GateResult> gates,
            @Nullable String traceparent,
            Long asOf) implements Origin {

        public EventOrigin {
            gates = List.copyOf(gates);
        }

        @Override
        public Door door() {
            return Door.EVENT_SOURCED;
        }
    }

    /** A caller asked for it. */
    record CallOrigin(@Nullable String traceparent) implements Origin {

        @Override
        public Door door() {
            return Door.API_DRIVEN;
        }

        @Override
        public @Nullable EventRef event() {
            return null;
        }

        @Override
        public @Nullable RuleRef rule() {
            return null;
        }

        @Override
        public List<GateResult> gates() {
            return List.of();
        }

        @Override
        public @Nullable Long asOf() {
            return null;
        }
    }
}
