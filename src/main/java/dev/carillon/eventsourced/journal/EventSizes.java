package dev.carillon.eventsourced.journal;

import dev.carillon.eventsourced.event.EventEnvelope;
import dev.carillon.platform.json.Json;
import io.netty.buffer.ByteBufUtil;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Enforces the size limit of events on every way in. Every reader relies on it. */
@ApplicationScoped
public class EventSizes {

    /** The heap that a value takes beyond its bytes, in part: an empty object is two bytes, and fifty as a value. */
    private static final int OF_A_VALUE = 16;

    private final Json json;
    private final long most;

    @Inject
    EventSizes(Json json, EventSettings settings) {
        this(json, settings.maxSize().asLongValue());
    }

    /** @param most bytes */
    public EventSizes(Json json, long most) {
        this.json = json;
        this.most = most;
    }

    /**
     * An event as it is written.
     *
     * @param weight its bytes and something for each value: by it portions are measured
     */
    record Written(
            EventEnvelope event,
            String data,
            @Nullable String traits,
            @Nullable String content,
            String extensions,
            int weight) {}

    /** @throws EventTooLargeException for one that is */
    public void check(EventEnvelope event) {
        written(event);
    }

    /**
     * Whether one that came in so many bytes needs no {@link #check} before it is journalled, which has it checked once more: it may be
     * written with a few more bytes than it came in, such as {@code 1.0E+2} for {@code 1e2}, and base64 adds a third.
     */
    public boolean isSmall(long bytes) {
        return bytes <= most / 2;
    }

    /** @throws EventTooLargeException for one that is */
    Written written(EventEnvelope event) {
        var data = json.write(event.data());
        var traits = event.traits().isEmpty() ? null : json.write(event.traits());
        var content = event.content() == null ? null : json.write(event.content());
        var extensions = json.write(event.extensions());
        long bytes = bytes(data) + bytes(traits) + bytes(content) + bytes(extensions);
        if (bytes > most) {
            throw new EventTooLargeException(most);
        }
        return new Written(event, data, traits, content, extensions, (int)
                (bytes + OF_A_VALUE * (values(data) + values(traits) + values(content))));
    }

    private static long bytes(@Nullable String text) {
        return text == null ? 0 : ByteBufUtil.utf8Bytes(text);
    }

    /** Counts the separators between values, including those inside texts. */
    private static long values(@Nullable String text) {
        return text == null
                ? 0
                : text.chars().filter(c -> c == ',' || c == '{' || c == '[').count();
    }

    /** An event is larger than allowed. */
    public static class EventTooLargeException extends IllegalArgumentException {

        private final long limit;

        EventTooLargeException(long limit) {
            super("an event may have at most " + limit + " bytes");
            this.limit = limit;
        }

        /** Bytes of data, traits and extensions, written as JSON. */
        public long limit() {
            return limit;
        }
    }
}
