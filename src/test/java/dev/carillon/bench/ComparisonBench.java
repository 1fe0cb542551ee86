package dev.carillon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.testing.PackagedService;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How long a story takes through either door, one at a time, from the first step until nothing is left to be answered or sent: the table of
 * docs/comparison.md. Nothing is asserted. Run it by its name:
 * {@code ./mvnw verify -Djacoco.skip -Dtest=none -Dit.test=ComparisonBench}
 */
@Isolated
@Tag("packaged")
class ComparisonBench {

    private static final String KEY = "benchmark-admin-key";
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 5);
    private static final int RUNS = Integer.getInteger("bench.rounds", 31);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void wall_time_of_each_story() throws Exception {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        try (PackagedService service = PackagedService.launchToMeasure(
                        Bench.newDirectory(), Map.of("CARILLON_ADMIN_KEY", KEY, "CARILLON_DEMO_ENABLED", "true"))
                .awaitStarted()) {
            for (int run = 0; run < WARM_UP + RUNS; run++) {
                for (JsonNode story : summary(service)) {
                    if (run >= WARM_UP) {
                        add(millis, story, "| 1 |", "eventSourced");
                        add(millis, story, "| 2 |", "apiDriven");
                    }
                }
            }
        }
        System.out.println("| story | door | wall time, median (min to max), ms |\n| --- | --- | --- |");
        millis.forEach((story, times) -> System.out.println("| " + story + " " + spread(times) + " |"));
    }

    private JsonNode summary(PackagedService service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.uri("/demo/comparison"))
                .header("X-API-Key", KEY)
                .build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body()).get("scenarios");
    }

    private static void add(Map<String, List<Double>> millis, JsonNode story, String door, String way) {
        millis.computeIfAbsent(story.get("scenario").asText() + " " + door, name -> new ArrayList<>())
                .add(story.get(way).get("micros").asLong() / 1000.0);
    }

    private static String spread(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.1f (%.1f to %.1f)",
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }
}
