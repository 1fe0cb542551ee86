package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.eventsourced.journal.PendingEvent;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.timer.Timer;
import java.time.Instant;

/** Why a rule is asked: an event was heard, or what it waits for is due. */
sealed interface Trigger {

    String tenant();

    /** Journal time: when the event was recorded, when the timer was due. What is decided does not depend on how long it lay. */
    Instant at();

    /** The facts are judged as they stood at this position. */
    long asOf();

    /** One whose event is there to be judged. */
    sealed interface EventTrigger extends Trigger {

        /** The event it is about: the one heard, or the one that armed the timer. */
        RecordedEvent recorded();

        default EventEnvelope event() {
            return recorded().event();
        }

        @Override
        default String tenant() {
            return event().tenant();
        }
    }

    /** Something's time has come. */
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

    /** Somebody published it. */
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

    /** Its time has come. */
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

    /** Its time has come, but the event that armed it is no longer in the journal: there is nothing left to judge. */
    record EventGone(Timer timer, long asOf) implements TimedTrigger {}
}
