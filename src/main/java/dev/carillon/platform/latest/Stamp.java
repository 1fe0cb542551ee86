package dev.carillon.platform.latest;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.time.Instant;

/** When something was said, and by which event: the later stamp wins; between equal times the id decides, so that every order of arrival agrees. */
@RegisterForReflection
public record Stamp(Instant at, String by) implements Comparable<Stamp> {

    @Override
    public int compareTo(Stamp other) {
        int byTime = at.compareTo(other.at);
        return byTime != 0 ? byTime : by.compareTo(other.by);
    }
}
