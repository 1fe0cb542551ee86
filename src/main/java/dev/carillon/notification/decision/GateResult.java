package dev.carillon.notification.decision;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One gate of a decision: whether it was passed, and if not, why. The last one of a decision is its verdict.
 *
 * @param reason present exactly when the gate was not passed
 * @param detail what was looked at, never personal data
 */
@RegisterForReflection
@Schema(name = "Gate", description = "One gate of a decision: whether it was passed, and if not, why.")
public record GateResult(
        @Schema(implementation = String.class) @JsonProperty("name")
        Gate gate,

        boolean passed,
        @Nullable Reason reason,
        String detail) {

    public GateResult {
        if (passed == (reason != null)) {
            throw new IllegalArgumentException(
                    "gate " + gate.wire() + ": a reason belongs to a gate not passed, and only there");
        }
    }

    /** The gate was passed. */
    public static GateResult passed(Gate gate, String detail) {
        return new GateResult(gate, true, null, detail);
    }

    /** The gate said no. */
    public static GateResult refused(Gate gate, Reason reason, String detail) {
        return new GateResult(gate, false, reason, detail);
    }

    /** As gates are stored: name and detail, and the reason where one was not passed. The view of decisions spells them out. */
    public static List<List<String>> stored(List<GateResult> gates) {
        return gates.stream()
                .map(one -> one.reason == null
                        ? List.of(one.name(), one.detail)
                        : List.of(one.name(), one.detail, one.reason.name()))
                .toList();
    }

    /** The gate's name as it is written. */
    public String name() {
        return gate.wire();
    }
}
