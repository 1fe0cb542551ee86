package dev.carillon.delivery.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody's wishes and addresses were judged by. Whatever has changed since is found when the delivery is claimed.
 *
 * @param asOf      the journal's position: changes up to it were known
 * @param goodUntil what has not gone by then is judged again; null when time alone changes nothing
 */
public record Judged(long asOf, @Nullable Instant goodUntil) {

    /** For what goes to nobody whose wishes are asked. */
    public static final Judged NEVER = new Judged(0, null);
}
