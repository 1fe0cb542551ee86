package dev.carillon.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An event as a domain team posts it. A story names what it is about: {@code event(customer, "order_viewed").data("{…}").publish()}.
 *
 * @param id as {@code event_id}; null lets the service make one
 * @param at as {@code event_timestamp}
 * @param data as {@code properties}, in JSON
 * @param traits as {@code user_traits}, in JSON; null leaves them out
 */
public record PostedEvent(
        @Nullable String id,
        String user,
        String type,
        String at,
        String data,
        @Nullable String traits) {

    private static final String SOME_TIME = "2025-10-31T19:00:00Z";

    public static PostedEvent event(String user, String type) {
        return new PostedEvent(null, user, type, SOME_TIME, "{}", null);
    }

    public static PostedEvent orderShipped(String order, String customer) {
        return orderStatus(order, customer, "SHIPPED");
    }

    public static PostedEvent orderStatus(String order, String customer, String status) {
        return event(customer, "ordering.order-status-changed")
                .data("{\"orderId\": \"%s\", \"customerId\": \"%s\", \"newStatus\": \"%s\"}"
                        .formatted(order, customer, status));
    }

    public PostedEvent id(String id) {
        return new PostedEvent(id, user, type, at, data, traits);
    }

    /** @param at anything that reads as a time */
    public PostedEvent at(Object at) {
        return new PostedEvent(id, user, type, at.toString(), data, traits);
    }

    public PostedEvent data(String data) {
        return new PostedEvent(id, user, type, at, data, traits);
    }

    public PostedEvent traits(String traits) {
        return new PostedEvent(id, user, type, at, data, traits);
    }

    public String json() {
        return "{%s\"user_id\": \"%s\", \"event_type\": \"%s\", \"event_timestamp\": \"%s\", \"properties\": %s%s}"
                .formatted(
                        id == null ? "" : "\"event_id\": \"" + id + "\", ",
                        user,
                        type,
                        at,
                        data,
                        traits == null ? "" : ", \"user_traits\": " + traits);
    }

    /** Taken, each of them. */
    public ValidatableResponse publish() {
        return publish(List.of(this));
    }

    public static ValidatableResponse publish(PostedEvent... events) {
        return publish(List.of(events));
    }

    public static ValidatableResponse publish(Collection<PostedEvent> events) {
        return post(events.stream().map(PostedEvent::json).collect(Collectors.joining(",", "[", "]")))
                .statusCode(202)
                .body("rejected", empty());
    }

    /** Whatever comes of it. */
    public static ValidatableResponse post(String events) {
        return given().contentType(ContentType.JSON)
                .body(events)
                .post("/api/v1/events")
                .then()
                .log()
                .ifValidationFails();
    }
}
