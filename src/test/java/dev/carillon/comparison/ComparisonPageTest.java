package dev.carillon.comparison;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.comparison.stage.StoryFault;
import dev.carillon.docs.CountedSections;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/comparison.md says what the stories cost when they are told now. */
@QuarkusTest
class ComparisonPageTest {

    private static final CountedSections PAGE = new CountedSections("docs/comparison.md");
    private static final List<String> STORIES =
            List.of("order-shipped", "payment-failed", "price-drop-alert", "order-complete", "wishlist-sale");
    private static final Map<String, String> COUNTS = new TreeMap<>(Map.of(
            "1", "eventsPublished", "2", "apiCalls", "3", "lookupsByDomainTeams", "4", "lookupsByNotificationService"));

    @Test
    void what_each_team_depends_on() throws IOException {
        // When
        var producers = new TreeMap<String, TreeSet<String>>();
        var callers = new TreeMap<String, TreeSet<String>>();
        for (String story : STORIES) {
            JsonPath told = told(story);
            gather(told, "dependencies.eventSourced", "Service", producers);
            gather(told, "dependencies.apiDriven", "Caller", callers);
        }

        // Then
        var rows = new ArrayList<>(List.of("| team | door 1 | door 2 |", "| --- | --- | --- |"));
        callers.forEach((team, needs) -> rows.add("| %s | %s | %s |"
                .formatted(
                        team,
                        String.join(", ", producers.get(team)),
                        needs.stream()
                                .map(need -> producers.get(team).contains(need) || need.equals("NotificationService")
                                        ? need
                                        : "**" + need + "**")
                                .collect(joining(", ")))));
        PAGE.holds("dependencies", rows);
    }

    @Test
    void what_each_story_costs() throws IOException {
        // When
        var rows = new ArrayList<>(List.of(
                "| story | door | messages | events | API calls | lookups by teams | lookups by the service | records of a \"no\" |",
                "| --- | --- | --- | --- | --- | --- | --- | --- |"));
        for (String story : STORIES) {
            JsonPath told = told(story);
            rows.add(row(story, "1", told, "eventSourced"));
            rows.add(row(story, "2", told, "apiDriven"));
        }

        // Then
        PAGE.holds("stories", rows);
    }

    /** Each line a run of both doors, in which that fault has happened. */
    @Test
    void what_each_door_does_when_things_break() throws IOException {
        // When
        var rows =
                new ArrayList<>(List.of("| what breaks | against it | door 1 | door 2 |", "| --- | --- | --- | --- |"));
        for (var fault : StoryFault.values()) {
            JsonPath broken = given().get("/demo/faults/price-drop-alert?fault=" + fault.wire())
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            var runs = broken.<Map<String, Object>>getList("faults[0].runs");
            runs.stream()
                    .map(run -> run.get("remedy"))
                    .distinct()
                    .forEach(remedy -> rows.add("| %s | %s | %s | %s |"
                            .formatted(
                                    fault.title(),
                                    remedy,
                                    outcome(runs, remedy, "event-sourced"),
                                    outcome(runs, remedy, "api-driven"))));
        }

        // Then
        PAGE.holds("faults", rows);
    }

    private static String outcome(List<? extends Map<?, ?>> runs, Object remedy, String door) {
        var run = runs.stream()
                .filter(one ->
                        one.get("remedy").equals(remedy) && one.get("door").equals(door))
                .findFirst()
                .orElseThrow();
        var said = Stream.of("missed", "twice", "wrong", "late")
                .filter(count -> number(run, count) > 0)
                .map(count -> count.equals("late")
                        ? number(run, count) + " late"
                        : "**" + number(run, count) + " " + count + "**")
                .collect(joining(", "));
        return said.isEmpty() ? "as it should be" : said;
    }

    private static int number(Map<?, ?> run, String count) {
        return (int) ((Map<?, ?>) run.get(count)).get("messages");
    }

    /** At which distance look-ups show: each waits for the round trip. */
    @Test
    void what_crosses_the_wire() throws IOException {
        // When
        var rows =
                new ArrayList<>(List.of("| story | door | round trips | lines written |", "| --- | --- | --- | --- |"));
        for (String story : STORIES) {
            JsonPath told = told(story);
            rows.add("| %s | 1 | %s | %s (%s) |"
                    .formatted(
                            story,
                            told.getString("eventSourced.wire.roundTrips"),
                            told.getString("lines.eventSourced.lines"),
                            told.getString("lines.eventSourced.of")));
            rows.add("| %s | 2 | %s | %s (%s) |"
                    .formatted(
                            story,
                            told.getString("apiDriven.wire.roundTrips"),
                            told.getString("lines.apiDriven.lines"),
                            told.getString("lines.apiDriven.of")));
        }

        // Then
        PAGE.holds("wire", rows);
    }

    @ParameterizedTest
    @CsvSource({"eventSourced, diagram of door 1", "apiDriven, diagram of door 2"})
    void how_a_price_drop_goes(String door, String section) throws IOException {
        // When
        String diagram = told("price-drop-alert").getString("diagrams." + door);

        // Then
        PAGE.holds(
                section,
                Stream.of(Stream.of("```mermaid"), diagram.lines(), Stream.of("```"))
                        .flatMap(lines -> lines)
                        .toList());
    }

    /** Rounded on the page: it is the size of the thing that counts there, and it may grow by a tenth before the page is wrong. */
    @ParameterizedTest
    @CsvSource({"eventsourced", "apidriven", "eventsourced/rule"})
    void how_large_each_door_is(String part) throws IOException {
        // Given
        var said = Pattern.compile("`" + part.replace('/', '.') + "` has (?:about )?(\\d+) Java files")
                .matcher(Files.readString(Path.of("docs/comparison.md")));
        assertThat(said.find()).isTrue();

        // When
        long files;
        try (var all = Files.walk(Path.of("src/main/java/dev/carillon", part))) {
            files = all.filter(path -> path.toString().endsWith(".java") && !path.endsWith("package-info.java"))
                    .count();
        }

        // Then
        assertThat(Long.parseLong(said.group(1))).isCloseTo(files, Percentage.withPercentage(10));
    }

    private static JsonPath told(String story) {
        JsonPath told = given().get("/demo/comparison/" + story)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(told.getBoolean("sameOutcome")).isTrue();
        return told;
    }

    private static void gather(JsonPath told, String from, String kind, Map<String, TreeSet<String>> into) {
        told.<String, List<String>>getMap(from)
                .forEach((team, needs) -> into.computeIfAbsent(
                                team.replace(kind, "").toLowerCase(Locale.ROOT), name -> new TreeSet<>())
                        .addAll(needs));
    }

    private static String row(String story, String door, JsonPath told, String way) {
        String counts = COUNTS.values().stream()
                .map(count -> told.getString(way + ".cost." + count))
                .collect(joining(" | "));
        return "| %s | %s | %d | %s | %d |"
                .formatted(
                        story,
                        door,
                        told.getList(way + ".notifications").size(),
                        counts,
                        told.getList(way + ".suppressed").size());
    }
}
