package dev.carillon.comparison;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.platform.steps.Step;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One scenario through one door: who was notified of what, who was not and why, and what it cost. */
@RegisterForReflection
@Schema(description = "One story through one door.")
record RunReport(
        @Schema(examples = "price-drop-alert") String scenario,

        @Schema(implementation = String.class, examples = "event-sourced")
        Approach approach,

        List<ToldMessage> notifications,
        List<SuppressedMessage> suppressed,
        List<Step> steps,
        Cost cost,

        @Schema(description = "What went over the wire; left out where the teams' code is Java of this process")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        OverTheWire wire,

        @Schema(
                description =
                        "Who should have been notified and was not, and the like; left out where nothing is expected")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        FaultOutcome verdict) {

    /**
     * What the teams' requests cost on the wire.
     *
     * @param latencyMillis that each request waited
     * @param roundTrips    requests, each of which waits for its answer
     * @param bytesSent     of the requests, with their heads
     * @param bytesReceived of the answers, with their heads
     */
    @RegisterForReflection
    record OverTheWire(int latencyMillis, long roundTrips, long bytesSent, long bytesReceived) {}

    /** One message on one channel. */
    @RegisterForReflection
    record ToldMessage(
            String trackingId,
            String customerId,
            String type,
            String channel,
            String recipient,
            @Nullable String subject,
            String body,
            String status,
            @JsonIgnore Instant createdAt) {

        /** The part that both doors must agree on. */
        SentMessage message() {
            return new SentMessage(customerId, type, channel, recipient, subject, body);
        }
    }

    /** Who got what on which channel. */
    record SentMessage(
            String customerId,
            String type,
            String channel,
            String recipient,
            @Nullable String subject,
            String body) {}

    /** A customer who was not notified; {@code channel} is null if no channel was looked at. */
    @RegisterForReflection
    record SuppressedMessage(
            @Nullable String customerId,
            @Nullable String channel,
            String reason,
            @Nullable String detail) {}

    /**
     * The cost of the run.
     *
     * @param lookupsByDomainTeams         what teams had to look up only because of the notification
     * @param lookupsByNotificationService what the notification service looked up
     * @param micros                       from the first step to rest, in microseconds of wall time
     */
    @RegisterForReflection
    record Cost(
            long eventsPublished,
            long apiCalls,
            long lookupsByDomainTeams,
            long lookupsByNotificationService,
            long micros) {

        static Cost of(List<Step> steps, long micros) {
            return new Cost(
                    count(steps, Step.StepKind.PUBLISH),
                    count(steps, Step.StepKind.CALL),
                    count(steps, Step.StepKind.LOOKUP_BY_DOMAIN_TEAM),
                    count(steps, Step.StepKind.LOOKUP_BY_SERVICE),
                    micros);
        }

        private static long count(List<Step> steps, Step.StepKind kind) {
            return steps.stream().filter(step -> step.kind() == kind).count();
        }
    }
}
