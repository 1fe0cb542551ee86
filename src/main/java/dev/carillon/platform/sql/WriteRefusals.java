package dev.carillon.platform.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a while that the database refused a write: a full disk may have room for a probe and none for a table.
 */
@ApplicationScoped
public class WriteRefusals {

    /** Long enough for an orchestrator to ask, which it does every few seconds, and to send its callers elsewhere. */
    private static final Duration REMEMBERED = Duration.ofSeconds(15);

    private final Clock clock;
    private volatile @Nullable Instant last;

    WriteRefusals(Clock clock) {
        this.clock = clock;
    }

    void noticed() {
        last = clock.instant();
    }

    public boolean areRecent() {
        var refused = last;
        return refused != null && refused.plus(REMEMBERED).isAfter(clock.instant());
    }
}
