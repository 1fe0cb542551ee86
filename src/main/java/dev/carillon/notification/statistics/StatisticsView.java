package dev.carillon.notification.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Counts over time. */
@RegisterForReflection
@Schema(name = "Statistics", description = "Counts and rates over time.")
public record StatisticsView(
        @Schema(description = "UTC") Instant from,
        @Schema(description = "UTC, without it") Instant to,

        @Schema(description = "hour or day, of UTC", examples = "hour")
        String bucket,

        @Schema(description = "Up to when everything is counted; UTC")
        Instant countedUntil,

        @Schema(description = "In order of time; buckets without anything are left out")
        List<Row> rows) {

    /** One bucket, for one type, channel, provider or reason if grouped by these. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "StatisticsRow", description = "One bucket, grouped as requested.")
    public record Row(
            @Schema(description = "When the bucket begins; UTC")
            Instant at,

            @Schema(description = "The notification type", examples = "ORDER_SHIPPED") @Nullable
            String type,

            @Schema(description = "The channel; empty for what concerns whole notifications", examples = "email")
            @Nullable
            String channel,

            @Schema(description = "The provider; empty where none was called", examples = "sendgrid") @Nullable
            String provider,

            @Schema(description = "The reason; empty where there is none", examples = "CATEGORY_OFF") @Nullable
            String reason,

            @Schema(description = "Status → how many reached it")
            Map<String, Long> counts,

            @Schema(
                    description =
                            "Shares: sent of what was sent or dead-lettered; delivered, bounced and complained of what was sent")
            Map<String, Double> rates) {

        static Row of(
                Instant at,
                @Nullable String type,
                @Nullable String channel,
                @Nullable String provider,
                @Nullable String reason,
                Map<String, Long> counts) {
            return new Row(at, type, channel, provider, reason, counts, rates(counts));
        }

        private static Map<String, Double> rates(Map<String, Long> counts) {
            var rates = new LinkedHashMap<String, Double>();
            long sent = counts.getOrDefault("sent", 0L);
            share(
                    rates,
                    "sent",
                    sent,
                    sent + counts.getOrDefault("dead-lettered", 0L) + counts.getOrDefault("expired", 0L));
            for (var reported : List.of("delivered", "bounced", "complained")) {
                share(rates, reported, counts.getOrDefault(reported, 0L), sent);
            }
            return rates;
        }

        private static void share(Map<String, Double> rates, String name, long part, long whole) {
            if (whole > 0) {
                rates.put(name, Math.round(10_000.0 * part / whole) / 10_000.0);
            }
        }
    }
}
