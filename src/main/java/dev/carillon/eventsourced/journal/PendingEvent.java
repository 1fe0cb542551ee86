package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
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

    /** Whether its audience is so large that it is walked apart from other events, page by page. */
    public boolean isWalk() {
        return cursor != null;
    }

    /**
     * Where a walk goes on: all rules before {@code rule} are done, and of it all customers up to {@code after}.
     *
     * @param rule  null when nobody is left
     * @param about the position of the event that the rule sees
     * @param next  the rules that come after it: with them it goes on if the rule is no longer there
     */
    @RegisterForReflection
    public record Cursor(@Nullable String rule, long about, String after, List<String> next) {

        /** Nobody is left; what waits behind the walk is still to be let go. */
        static final Cursor END = new Cursor(null, 0, "", List.of());

        public boolean ended() {
            return rule == null;
        }

        /**
         * What a walk goes on with, of rules or of what belongs to them, in their order: all from where it is. If nothing is there any
         * more, because the rule is gone or wants something else now, all of the rules behind it.
         */
        public <T> List<T> rest(List<T> inOrder, Predicate<T> isHere, Function<T, String> rule) {
            return inOrder.stream().anyMatch(isHere)
                    ? inOrder.stream().dropWhile(isHere.negate()).toList()
                    : inOrder.stream()
                            .filter(one -> next.contains(rule.apply(one)))
                            .toList();
        }
    }

    /** How far a reaction got. With a cursor the event stays pending, as a walk. */
    public record AnswerProgress(
            PendingEvent pending, @Nullable Cursor cursor) {

        boolean isDone() {
            return cursor == null && !pending.isWalk();
        }

        long position() {
            return pending.position();
        }

        Cursor left() {
            return cursor == null ? Cursor.END : cursor;
        }
    }
}
