package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.timer.Timer;
import java.time.Instant;

/** Why a rule is asked: an event was published, or a timer is due. */
public sealed interface Trigger {

    String tenant();

    /** Journal time: when the event was recorded, when the timer was due. What is decided does not depend on how long it lay. */
    Instant at();

    /** The position as of which the facts are read. */
    long asOf();

    /** A trigger whose event is available. */
    sealed interface EventTrigger extends Trigger {

        /** The event it is about: the published one, or the one that armed the timer. */
        RecordedEvent recorded();

        default EventEnvelope event() {
            return recorded().event();
        }

        @Override
        default String tenant() {
            return event().tenant();
        }
    }

    /** A trigger caused by a timer. */
    sealed interface TimedTrigger extends Trigger {

        Timer timer();

        @Override
        default String tenant() {
            return timer().tenant();
        }

        @Override
        default Instant at() {
            return timer().dueAt();
        }
    }

    /** An event was published. */
    record EventPublished(PendingEvent pending) implements EventTrigger {

        @Override
        public Instant at() {
            return pending.recorded().recordedAt();
        }

        @Override
        public long asOf() {
            return pending.position();
        }

        @Override
        public RecordedEvent recorded() {
            return pending.recorded();
        }
    }

    /** A timer is due. */
    record TimerDue(Timer timer, RecordedEvent armedBy, long asOf) implements EventTrigger, TimedTrigger {

        @Override
        public String tenant() {
            return timer.tenant();
        }

        @Override
        public RecordedEvent recorded() {
            return armedBy;
        }
    }

    /** A timer is due, but the event that armed it is no longer in the journal, so there is nothing to evaluate. */
    record EventGone(Timer timer, long asOf) implements TimedTrigger {}
}
