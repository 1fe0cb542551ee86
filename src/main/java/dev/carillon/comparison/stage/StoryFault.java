package dev.carillon.comparison.stage;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can break while a story runs, and the remedies that are usual against it. */
@RegisterForReflection
public enum StoryFault {
    CALLER_DIES(
            "caller-dies",
            "The team's process dies after its commit, before it calls or publishes",
            "The process's work is cancelled the moment its commit is done, its connections are closed, and a new process begins with what is in the database.",
            Remedy.NONE,
            Remedy.RETRY,
            Remedy.OUTBOX),
    CALL_TIMES_OUT(
            "call-times-out",
            "The call is taken, but its answer never arrives",
            "The request passes the wire, and the wire cuts the connection when the answer comes back.",
            Remedy.NONE,
            Remedy.RETRY,
            Remedy.KEY,
            Remedy.OUTBOX),
    TWICE(
            "event-twice",
            "Every fact reaches its team twice",
            "Each process handles each fact a second time: look-ups, calls, and events over the wire again.",
            Remedy.NONE,
            Remedy.KEY),
    LATE(
            "event-late",
            "The first fact reaches its team late",
            "It is committed, held until everything else has been dealt with, and handled then, with the time at which it happened.",
            Remedy.NONE),
    OUT_OF_ORDER(
            "out-of-order",
            "The facts arrive in the wrong order",
            "They are committed in their order and handled in the opposite one.",
            Remedy.NONE),
    UNREACHABLE(
            "service-unreachable",
            "The service is down when it is called",
            "The wire ends every connection unread, twice; then the service is back.",
            Remedy.NONE,
            Remedy.RETRY,
            Remedy.OUTBOX),
    RESTARTS(
            "service-restarts",
            "The service dies while it works on what it was told",
            "Door 1: the reaction's transaction is rolled back when all is written and nothing committed, its loop never goes on, and a new one begins. "
                    + "Door 2: the connection ends with the call in it, the next one is refused, then the service is back.",
            Remedy.NONE,
            Remedy.RETRY,
            Remedy.OUTBOX),
    RULE_WRONG(
            "rule-wrong",
            "The rule, or the team's copy of it, is wrong and is put right",
            "The story runs with the wrong text, then with the right one. With the remedy, what is recorded is handled again: "
                    + "door 1's events are read from the journal and published anew, door 2's teams go through the facts that they have kept.",
            Remedy.NONE,
            Remedy.AGAIN),
    PREFERENCE_CHANGES(
            "preference-changes",
            "The customer changes a preference in between",
            "Door 1: between the recording of the event and its reaction. Door 2: between the team's look-ups and its first call.",
            Remedy.NONE);

    /** What a team does against faults; each has what the ones before it have, but for the last. */
    @RegisterForReflection
    public enum Remedy {
        NONE("none", "one attempt, no keys"),
        RETRY("retry", "a call that failed is made again"),
        KEY("key", "and names a business key, or the event's id"),
        OUTBOX("outbox", "and is kept with the team's change until it was taken"),
        AGAIN("again", "what is recorded is handled again after the correction, with keys");

        private final String wire;
        private final String means;

        Remedy(String wire, String means) {
            this.wire = wire;
            this.means = means;
        }

        @JsonValue
        public String wire() {
            return wire;
        }

        public String means() {
            return means;
        }

        boolean retries() {
            return this == RETRY || this == KEY || this == OUTBOX;
        }

        boolean names() {
            return this == KEY || this == OUTBOX || this == AGAIN;
        }

        public static Optional<Remedy> named(String name) {
            return Arrays.stream(values()).filter(one -> one.wire.equals(name)).findFirst();
        }
    }

    private final String wire;
    private final String title;
    private final String done;
    private final List<Remedy> remedies;

    StoryFault(String wire, String title, String done, Remedy... remedies) {
        this.wire = wire;
        this.title = title;
        this.done = done;
        this.remedies = List.of(remedies);
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    /** What breaks, in words. */
    public String title() {
        return title;
    }

    /** How it is made to happen. */
    public String done() {
        return done;
    }

    public List<Remedy> remedies() {
        return remedies;
    }

    public static Optional<StoryFault> named(String name) {
        return Arrays.stream(values()).filter(one -> one.wire.equals(name)).findFirst();
    }
}
