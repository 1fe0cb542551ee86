package dev.carillon.platform.steps;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;

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
public record Step(
        String component,
        @JsonIgnore String target,
        @JsonIgnore StepKind kind,
        String action,
        String detail,
        long micros) {

    public enum StepKind {
        PUBLISH,
        HEAR,
        CALL,
        LOOKUP_BY_DOMAIN_TEAM,
        LOOKUP_BY_SERVICE,
        DECIDE,
        SEND
    }
}
