package dev.carillon.platform.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Removes metric labels that {@link RequestLabels} cannot: the target of outgoing calls may be a customer's endpoint or
 * hold a device's token, and HTTP methods are whatever a client writes.
 */
@Singleton
class LabelFilter implements MeterFilter {

    private static final String CLIENT = "http.client";
    private static final String SERVER = "http.server";
    private static final Set<String> WHERE =
            Set.of("uri", "address", "remote", "peer", "local", "client.name", "clientName");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", RequestLabels.UNKNOWN);

    @Override
    public Meter.Id map(Meter.Id id) {
        if (id.getName().startsWith(CLIENT)) {
            return with(id, tag -> WHERE.contains(tag.getKey()) && !isTemplate(tag));
        }
        return id.getName().startsWith(SERVER)
                ? with(id, tag -> tag.getKey().equals("method") && !METHODS.contains(tag.getValue()))
                : id;
    }

    /** The REST client's own templates say nothing of anybody. */
    private static boolean isTemplate(Tag tag) {
        return tag.getValue().contains("{");
    }

    private static Meter.Id with(Meter.Id id, Predicate<Tag> hidden) {
        List<Tag> tags = StreamSupport.stream(id.getTagsAsIterable().spliterator(), false)
                .map(tag -> hidden.test(tag) ? Tag.of(tag.getKey(), RequestLabels.UNKNOWN) : tag)
                .toList();
        return id.replaceTags(tags);
    }
}
