package dev.carillon.notification.tracking;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One gate of a decision: whether it was passed, and if not, why. The last gate of a decision is its verdict.
 *
 * @param name which gate, e.g. {@code when}, {@code audience}, {@code quiet hours}
 * @param reason present exactly when the gate was not passed
 * @param detail what was looked at, never personal data
 */
@RegisterForReflection
@Schema(description = "One gate of a decision: whether it was passed, and if not, why.")
public record Gate(String name, boolean passed, @Nullable Reason reason, String detail) {

    public Gate {
        if (passed == (reason != null)) {
            throw new IllegalArgumentException(
                    "gate " + name + ": a reason belongs to a gate not passed, and only there");
        }
    }

    /** The gate was passed. */
    public static Gate passed(String name, String detail) {
        return new Gate(name, true, null, detail);
    }

    /** The gate said no. */
    public static Gate refused(String name, Reason reason, String detail) {
        return new Gate(name, false, reason, detail);
    }
}
