package dev.carillon.eventsourced.timer;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.platform.json.JsonLength;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One item of a digest.
 *
 * @param factKey what it is about: of several with one key the last is used; null for none
 */
public record DigestItem(
        String eventId,
        EventPlace place,
        Map<String, Object> context,
        @Nullable String factKey) {

    /** How much it adds to a digest. */
    int bytes() {
        return (int) JsonLength.of(context);
    }
}
