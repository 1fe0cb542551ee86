package dev.carillon.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The largest allowed body, by path. */
@ApplicationScoped
class BodyLimits {

    private final List<Map.Entry<String, Long>> limits; // the longest path first
    private final long most;

    @Inject
    BodyLimits(HttpSettings settings, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this(
                settings.bodyLimits().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, limit -> limit.getValue().asLongValue())),
                most.asLongValue());
    }

    BodyLimits(Map<String, Long> limits, long most) {
        this.limits = limits.entrySet().stream()
                .map(limit -> Map.entry(limit.getKey(), Math.min(most, limit.getValue())))
                .sorted(Comparator.comparingInt(limit -> -limit.getKey().length()))
                .toList();
        this.most = most;
    }

    long of(String path) {
        for (var limit : limits) {
            if (fits(limit.getKey(), path)) {
                return limit.getValue();
            }
        }
        return most;
    }

    private static boolean fits(String limited, String path) {
        return limited.endsWith("/") ? path.startsWith(limited) : path.equals(limited);
    }
}
