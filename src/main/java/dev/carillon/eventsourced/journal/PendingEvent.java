package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event that a reaction has claimed and not answered yet. */
public record PendingEvent(
        RecordedEvent recorded, int attempts, @Nullable Cursor cursor) {

    public long position() {
        return recorded.position();
    }

    public EventEnvelope event() {
        return recorded.event();
    }

    /**
     * Where the evaluation of a large audience stopped: all rules before {@code rule} are done, and of it all customers up
     * to {@code after}.
     */
    @RegisterForReflection
    public record Cursor(String rule, String after) {}

    /** How far a reaction got. With a cursor the event stays pending. */
    public record AnswerProgress(long position, @Nullable Cursor cursor) {}

    static List<Long> done(List<AnswerProgress> progress) {
        return progress.stream()
                .filter(p -> p.cursor() == null)
                .map(AnswerProgress::position)
                .toList();
    }

    static List<AnswerProgress> left(List<AnswerProgress> progress) {
        return progress.stream().filter(p -> p.cursor() != null).toList();
    }
}
