package dev.carillon.comparison;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.comparison.ComparisonReport.Lines;
import dev.carillon.comparison.ComparisonReport.PerDoor;
import dev.carillon.comparison.story.Story;
import dev.carillon.platform.files.BundledFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * How much a team writes for one kind of notification. For the stories that are shipped it is counted from the sources,
 * which are not in the jar: a test counts, and holds {@code comparison/lines.json}. For the others it is their file's.
 */
final class WrittenLines {

    private static final String FILE = "comparison/lines.json";

    private WrittenLines() {}

    static PerDoor<Lines> of(Story story) {
        var counted = counted().get(story.name());
        return counted == null
                ? new PerDoor<>(
                        new Lines(story.size().eventSourced(), "rules in the scenario"),
                        new Lines(story.size().apiDriven(), "calls in the scenario"))
                : new PerDoor<>(counted.get("eventSourced"), counted.get("apiDriven"));
    }

    private static Map<String, Map<String, Lines>> counted() {
        try {
            return new ObjectMapper().readValue(BundledFiles.required(FILE), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}
