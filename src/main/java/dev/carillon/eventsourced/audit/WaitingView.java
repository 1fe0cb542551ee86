package dev.carillon.eventsourced.audit;

import dev.carillon.eventsourced.timer.Timer;
import dev.carillon.platform.rest.Paged;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Pending timers and digests, oldest first. */
@RegisterForReflection
@Schema(name = "Waiting", description = "Timers that have not fired yet, the oldest first.")
record WaitingView(
        List<One> waiting,

        @Schema(description = "Where the next page begins; null on the last") @Nullable
        String next) implements Paged {

    /** One pending timer or digest. */
    @RegisterForReflection
    @Schema(name = "WaitingTimer")
    record One(
            @Schema(
                    description = "ULID; a digest's is the tracking id of the notification it becomes",
                    examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            String id,

            @Schema(description = "delay, absence, digest or timeout", examples = "delay")
            String kind,

            @Schema(examples = "cart-reminder") String ruleId,

            @Schema(description = "The version of the rule that will evaluate it", examples = "3f0a9c21b7de")
            String ruleVersion,

            @Schema(examples = "cust-001") String customerId,

            @Schema(description = "Of the digest or the collected set; else empty")
            String key,

            @Schema(description = "UTC") Instant armedAt,

            @Schema(description = "When it is evaluated, UTC")
            Instant dueAt) {

        static One of(Timer timer) {
            return new One(
                    timer.id(),
                    timer.kind().wire(),
                    timer.rule().id(),
                    timer.rule().version(),
                    timer.customerId(),
                    timer.key(),
                    timer.armedAt(),
                    timer.dueAt());
        }
    }

    static WaitingView of(List<Timer> oneMore, int limit) {
        var page = oneMore.size() > limit ? oneMore.subList(0, limit) : oneMore;
        return new WaitingView(
                page.stream().map(One::of).toList(),
                oneMore.size() > limit ? page.get(page.size() - 1).id() : null);
    }
}
