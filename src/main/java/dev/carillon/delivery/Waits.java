package dev.carillon.delivery;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which providers asked a delivery to wait, and until when: 429 with {@code Retry-After}, or greylisting. Other
 * providers are not affected.
 */
public record Waits(Map<String, Instant> until) {

    public static final Waits NONE = new Waits(Map.of());

    public Waits {
        until = Map.copyOf(until);
    }

    /** Parses the stored form: {@code {"smtp": "2026-11-29T10:00:00Z"}}. */
    public static Waits parse(@Nullable String json) {
        return json == null
                ? NONE
                : new Waits(new JsonObject(json)
                        .stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        wait -> Instant.parse(wait.getValue().toString()))));
    }

    /** Null for none. */
    public @Nullable String json() {
        if (until.isEmpty()) {
            return null;
        }
        var json = new JsonObject();
        until.forEach((provider, at) -> json.put(provider, at.toString()));
        return json.encode();
    }

    public boolean bind(String provider, Instant at) {
        var end = until.get(provider);
        return end != null && at.isBefore(end);
    }

    public Waits and(String provider, Instant end) {
        var more = new LinkedHashMap<>(until);
        more.put(provider, end);
        return new Waits(more);
    }

    /** Which of these may be asked first, and when. */
    public Optional<Map.Entry<String, Instant>> first(Collection<String> providers) {
        return until.entrySet().stream()
                .filter(wait -> providers.contains(wait.getKey()))
                .min(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
    }
}
