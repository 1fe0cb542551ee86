package dev.carillon.eventsourced.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** In production, where keys are asked for. */
@PackagedTest
@ResourceLock(Production.SHARED)
class HandshakeIT {

    private static final String EVENT =
            "{\"user_id\": \"u\", \"event_type\": \"seen\", \"event_timestamp\": \"2025-10-31T19:00:00Z\"}";

    @Test
    void a_sender_asks_without_a_key_and_delivers_with_one() throws Exception {
        // Given
        var events = HttpRequest.newBuilder(Production.service().uri("/api/v1/events"));

        // When
        var asked = send(events.copy()
                .method("OPTIONS", BodyPublishers.noBody())
                .header("WebHook-Request-Origin", "eventemitter.example.com"));
        var delivered = send(events.copy()
                .POST(BodyPublishers.ofString(EVENT))
                .header("Content-Type", "application/json")
                .header("X-API-Key", Production.ADMIN_KEY));

        // Then
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("WebHook-Allowed-Origin")).contains("eventemitter.example.com");
        assertThat(asked.headers().firstValue("WebHook-Allowed-Rate")).contains("*");
        assertThat(delivered.statusCode()).isEqualTo(202);
        assertThat(send(events.copy().POST(BodyPublishers.ofString(EVENT)).header("Content-Type", "application/json"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(events.copy().GET()).statusCode()).isEqualTo(401);
        assertThat(send(events.copy().DELETE()).statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
