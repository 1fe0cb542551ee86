package dev.carillon.notification.overview;

import dev.carillon.delivery.circuit.CircuitStatus;
import dev.carillon.delivery.outbox.BoundedCount;
import dev.carillon.delivery.outbox.LaneQueue;
import dev.carillon.notification.statistics.Statistics.ForReason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How delivery is doing for a tenant. */
@RegisterForReflection
@Schema(name = "DeliveryOverview", description = "What waits, what stands in its way, and what became of the rest.")
record OverviewView(
        @Schema(description = "When it was so; UTC") Instant at,

        @Schema(description = "Every channel, in alphabetical order")
        List<OnChannel> channels,

        @Schema(
                description =
                        "Circuits that are not closed: of providers, and of your destinations, of these at most 100")
        List<NotClosed> circuits,

        @Schema(description = "The limits in force") Limits limits,

        @Schema(description = "What became of deliveries, minute by minute")
        Rates rates,

        @Schema(description = "Why nobody was notified, or a delivery ended without success, hour by hour")
        Reasons reasons) {

    /** What waits on a channel. */
    @RegisterForReflection
    @Schema(name = "ChannelOverview", description = "What waits on a channel.")
    record OnChannel(
            @Schema(examples = "email") String channel,

            @Schema(
                    description = "Its providers, the first choice first; empty while the channel has nothing of yours",
                    examples = "[\"sendgrid\", \"smtp\"]")
            List<String> providers,

            @Schema(description = "high, normal, low") List<Lane> lanes) {}

    /** What waits in a lane. */
    @RegisterForReflection
    @Schema(name = "LaneOverview", description = "What waits in a lane of a channel.")
    record Lane(
            @Schema(description = "high, normal or low: the priority", examples = "normal")
            String lane,

            @Schema(description = "Could be sent now") BoundedCount due,

            @Schema(description = "Due, and their destination has an open circuit or no room")
            BoundedCount setAside,

            @Schema(description = "On their way") BoundedCount sending,

            @Schema(description = "Due later: next attempts, and what is scheduled")
            BoundedCount later,

            @Schema(description = "Evaluated again before they go: quiet hours, a change, a redrive")
            BoundedCount held,

            @Schema(description = "Since when the oldest of what is due or set aside is; null where nothing is")
            @Nullable
            Instant oldestDueAt,

            @Schema(description = "How long that is, in seconds", examples = "20.5") @Nullable
            Double oldestDueSeconds) {

        static Lane of(String name, LaneQueue queue, Instant now) {
            var oldest = queue.oldestDueAt();
            return new Lane(
                    name,
                    queue.due(),
                    queue.setAside(),
                    queue.sending(),
                    queue.later(),
                    queue.held(),
                    oldest,
                    oldest == null
                            ? null
                            : Math.max(0, Duration.between(oldest, now).toMillis()) / 1000.0);
        }
    }

    /** A circuit that is not closed. */
    @RegisterForReflection
    @Schema(name = "CircuitOverview", description = "A circuit that is not closed.")
    record NotClosed(
            @Schema(examples = "email") String channel,

            @Schema(examples = "sendgrid") String provider,

            @Schema(
                    description =
                            "Whose circuit it is: a subscription, or the host of an endpoint; null for the provider itself",
                    examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
            @Nullable
            String destination,

            @Schema(description = "open, or half-open while one delivery finds out", examples = "open")
            String state,

            @Schema(description = "UTC") Instant since,

            @Schema(description = "When one delivery tries again; UTC")
            Instant nextTryAt,

            @Schema(description = "How often in a row it has opened", examples = "1")
            int trips,

            @Schema(
                    description = "Whether no provider is left, so that nothing of the channel is sent",
                    examples = "false")
            boolean channelPaused) {

        /** @param open how many of the channel's providers are not closed */
        static NotClosed of(CircuitStatus circuit, long open) {
            return new NotClosed(
                    circuit.channel(),
                    circuit.provider(),
                    circuit.destination(),
                    circuit.open() ? "open" : "half-open",
                    circuit.since(),
                    circuit.nextTryAt(),
                    circuit.trips(),
                    circuit.destination() == null && open >= circuit.routes());
        }
    }

    /** The limits in force. */
    @RegisterForReflection
    @Schema(name = "DeliveryLimits", description = "The limits in force; none where nothing is said.")
    record Limits(
            @Schema(description = "Of providers, for all replicas and tenants together")
            List<OfProvider> providers,

            @Schema(description = "Of each address") List<OfRecipient> recipients,

            @Schema(description = "Of each API key; null for none") @Nullable
            OfCaller caller,

            @Schema(description = "How many deliveries of one channel a process sends at once", examples = "500")
            int perChannel,

            @Schema(description = "And to one destination", examples = "50")
            int perDestination) {

        /** What a provider gets. */
        @RegisterForReflection
        @Schema(name = "ProviderLimit", description = "What a provider gets.")
        record OfProvider(
                @Schema(examples = "sms") String channel,
                @Schema(examples = "twilio") String provider,

                @Schema(description = "Messages a second", examples = "100")
                double perSecond) {}

        /** What an address gets. */
        @RegisterForReflection
        @Schema(name = "RecipientLimit", description = "What an address gets.")
        record OfRecipient(
                @Schema(examples = "sms") String channel,

                @Schema(description = "How many", examples = "3")
                int messages,

                @Schema(description = "In how many seconds", examples = "60")
                long seconds) {}

        /** What a caller may ask. */
        @RegisterForReflection
        @Schema(name = "CallerLimit", description = "What a caller may ask.")
        record OfCaller(
                @Schema(description = "Requests a second", examples = "100")
                double perSecond,

                @Schema(description = "Requests at once", examples = "200")
                int burst) {}
    }

    /** What became of deliveries lately. */
    @RegisterForReflection
    @Schema(name = "DeliveryRates", description = "What became of deliveries, minute by minute.")
    record Rates(
            @Schema(description = "UTC") Instant from,

            @Schema(description = "UTC; the last minute is not over")
            Instant to,

            @Schema(description = "In order of time; minutes without anything are left out")
            List<Minute> rows) {

        /** One minute. */
        @RegisterForReflection
        @Schema(name = "DeliveryMinute", description = "One minute of a provider on a channel.")
        record Minute(
                @Schema(description = "When it begins; UTC") Instant at,
                @Schema(examples = "email") String channel,
                @Schema(examples = "sendgrid") String provider,

                @Schema(
                        description =
                                "Status → how many reached it: sent, retried, dead-lettered, expired, delivered, bounced, complained",
                        examples = "{\"sent\": 80, \"retried\": 2}")
                Map<String, Long> counts) {}
    }

    /** Why there was no success. */
    @RegisterForReflection
    @Schema(name = "ReasonsOverTime", description = "Why there was no success, hour by hour.")
    record Reasons(
            @Schema(description = "UTC") Instant from,

            @Schema(description = "UTC; the last hour is not over")
            Instant to,

            @Schema(description = "In order of time; hours without anything are left out")
            List<Hour> rows) {

        /** One hour. */
        @RegisterForReflection
        @Schema(name = "ReasonHour", description = "A reason in one hour.")
        record Hour(
                @Schema(description = "When it begins; UTC") Instant at,

                @Schema(description = "suppressed, dead-lettered or expired", examples = "suppressed")
                String status,

                @Schema(examples = "CATEGORY_OFF") String reason,

                @Schema(description = "How many", examples = "12")
                long count) {

            static Hour of(ForReason one) {
                return new Hour(one.at(), one.status(), one.reason(), one.count());
            }
        }
    }
}
