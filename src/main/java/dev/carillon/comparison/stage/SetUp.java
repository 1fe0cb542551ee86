package dev.carillon.comparison.stage;

import dev.carillon.comparison.stage.TeamClient.TeamAnswer;
import dev.carillon.comparison.story.Story.Given;
import dev.carillon.comparison.story.Story.PreferenceChange;
import dev.carillon.platform.json.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is called besides the story, straight and not over the wire: what is given, and what others do meanwhile. */
final class SetUp {

    private static final String EVENTS = "/api/v1/events";
    private static final String PREFERENCES = "/api/v1/preferences/";

    private final TeamClient client;
    private final Json json;
    private final int port;

    SetUp(TeamClient client, Json json, int port) {
        this.client = client;
        this.json = json;
        this.port = port;
    }

    /** @param events whether what was published before matters */
    Uni<Void> give(Given given, boolean events, Instant now) {
        return TeamProcess.<Map<String, @Nullable Object>>inOrder(given.customers(), this::customer)
                .chain(() -> events ? publish(given, now) : Uni.createFrom().voidItem());
    }

    private Uni<Void> customer(Map<String, @Nullable Object> customer) {
        var id = String.valueOf(customer.get("id"));
        var contact = new LinkedHashMap<>(customer);
        contact.remove("id");
        var preferences = contact.remove("preferences");
        return done(client.call(HttpMethod.PUT, port, "/api/v1/customers/" + TeamClient.step(id), contact))
                .chain(() -> preferences == null
                        ? Uni.createFrom().voidItem()
                        : done(client.call(
                                HttpMethod.PUT,
                                port,
                                PREFERENCES + TeamClient.step(id),
                                Map.of("preferences", preferences))));
    }

    private Uni<Void> publish(Given given, Instant now) {
        var events = new ArrayList<Map<String, Object>>();
        given.events().forEach(event -> {
            var data = event.data() == null ? Map.<String, @Nullable Object>of() : event.data();
            events.add(Map.of(
                    "event_type",
                    event.type(),
                    "user_id",
                    event.subject() == null ? subject(data) : event.subject().text(Map.of()),
                    "event_timestamp",
                    now.toString(),
                    "event_id",
                    "given-" + events.size(),
                    "properties",
                    data));
        });
        return TeamProcess.inOrder(
                events,
                event -> client.call(HttpMethod.POST, port, EVENTS, event)
                        .invoke(this::requireTaken)
                        .replaceWithVoid());
    }

    private static String subject(Map<String, @Nullable Object> data) {
        return data.get("customerId") instanceof String customer ? customer : "given";
    }

    Uni<Void> changePreference(PreferenceChange change) {
        return client.call(HttpMethod.GET, port, PREFERENCES + TeamClient.step(change.customer()), null)
                .chain(found -> {
                    var preferences = new HashMap<>(json.map(found.body()));
                    preferences.remove("version");
                    var categories = new HashMap<String, Object>();
                    if (preferences.get("preferences") instanceof Map<?, ?> before) {
                        before.forEach((category, choices) -> categories.put(String.valueOf(category), choices));
                    }
                    var choices = new HashMap<String, Object>();
                    if (categories.get(change.category()) instanceof Map<?, ?> before) {
                        before.forEach((channel, wanted) -> choices.put(String.valueOf(channel), wanted));
                    }
                    choices.putAll(change.choices());
                    categories.put(change.category(), choices);
                    preferences.put("preferences", categories);
                    preferences.values().removeIf(value -> value == null);
                    return done(client.call(
                            HttpMethod.PUT, port, PREFERENCES + TeamClient.step(change.customer()), preferences));
                });
    }

    /** Reads the last events from the journal, and publishes each as a new one. */
    Uni<Integer> publishAgain(int number) {
        return client.call(HttpMethod.GET, port, EVENTS + "?limit=" + number, null)
                .map(answer -> json.map(answer.body()).get("events") instanceof List<?> events ? events : List.of())
                .chain(events -> {
                    var oldestFirst = new ArrayList<Object>(events);
                    Collections.reverse(oldestFirst);
                    return TeamProcess.inOrder(oldestFirst, this::publishAgain).replaceWith(oldestFirst.size());
                });
    }

    private Uni<Void> publishAgain(Object listed) {
        return client.call(
                        HttpMethod.GET,
                        port,
                        EVENTS + "/" + TeamClient.step(String.valueOf(((Map<?, ?>) listed).get("id"))),
                        null)
                .map(answer -> asNew(json.map(answer.body())))
                .chain(event -> client.call(HttpMethod.POST, port, EVENTS, event))
                .invoke(this::requireTaken)
                .replaceWithVoid();
    }

    private static Map<String, Object> asNew(Map<String, Object> recorded) {
        var event = new LinkedHashMap<String, Object>();
        event.put("event_type", recorded.get("type"));
        event.put("user_id", recorded.get("subject") == null ? "again" : recorded.get("subject"));
        event.put("event_timestamp", recorded.get("occurredAt"));
        event.put("event_id", recorded.get("id") + "-again");
        event.put("properties", recorded.get("data"));
        return event;
    }

    private Uni<Void> done(Uni<TeamAnswer> call) {
        return call.invoke(answer -> {
                    if (!answer.isSuccess()) {
                        throw new NotTakenException(inWords(json.map(answer.body())));
                    }
                })
                .replaceWithVoid();
    }

    private void requireTaken(TeamAnswer answer) {
        var result = json.map(answer.body());
        if (!answer.isSuccess()) {
            throw new NotTakenException(inWords(result));
        }
        if (result.get("rejected") instanceof List<?> rejected
                && !rejected.isEmpty()
                && rejected.get(0) instanceof Map<?, ?> first
                && first.get("problem") instanceof Map<?, ?> problem) {
            throw new NotTakenException(inWords(problem));
        }
    }

    private static String inWords(Map<?, ?> problem) {
        return problem.get("errors") instanceof List<?> errors
                        && !errors.isEmpty()
                        && errors.get(0) instanceof Map<?, ?> first
                ? first.get("pointer") + " " + first.get("detail")
                : String.valueOf(problem.get("detail") == null ? problem.get("title") : problem.get("detail"));
    }

    void close() {
        client.die();
    }
}
