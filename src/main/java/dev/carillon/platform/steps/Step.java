package dev.carillon.platform.steps;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/**
 * One thing a component did during a demo run.
 *
 * @param component who did it
 * @param target    the component it called; itself if none
 * @param kind      what sort of thing it was, for counting
 * @param action    what it did, in a few words
 * @param detail    with what
 * @param micros    microseconds since the run began
 */
@RegisterForReflection
public record Step(String component, String target, StepKind kind, String action, String detail, long micros) {

    @RegisterForReflection
    public enum StepKind {
        PUBLISH,
        HEAR,
        CALL,
        LOOKUP_BY_DOMAIN_TEAM,
        LOOKUP_BY_SERVICE,
        DECIDE,
        SEND,
        /** Something broke, or was whole again. */
        FAULT;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
