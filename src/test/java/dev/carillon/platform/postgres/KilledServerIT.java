package dev.carillon.platform.postgres;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The embedded PostgreSQL of the running service is killed: the service says so, brings it back and goes on where it was. */
@PackagedTest
@ResourceLock(Production.SHARED)
class KilledServerIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern DATA = Pattern.compile("data in ([^\"\\s]+)");

    @Test
    void the_service_says_that_its_database_is_gone_brings_it_back_and_goes_on() throws Exception {
        // Given
        asked().body("{\"name\": \"Kim\", \"email\": \"kim@example.com\"}")
                .put(uri("/api/v1/customers/killed-1"))
                .then()
                .statusCode(oneOf(200, 201));
        Path data = dataOfTheService();
        long killed = PostmasterPid.in(data).orElseThrow().pid();
        // so that it cannot be back before anybody has looked
        Path aside = Files.move(data, data.resolveSibling("data.aside"));

        // When
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        // Then
        await().atMost(DEADLINE).until(() -> asked().get(uri("/healthz/ready")).statusCode() == 503);
        assertThat(asked().get(uri("/healthz/live")).statusCode()).isEqualTo(200);
        var refused = asked().body("{\"name\": \"Kim\", \"email\": \"kim@example.org\"}")
                .put(uri("/api/v1/customers/killed-1"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotBlank();

        // When
        Files.move(aside, data);

        // Then
        await().atMost(DEADLINE).until(() -> asked().get(uri("/healthz/ready")).statusCode() == 200);
        assertThat(PostmasterPid.in(data).orElseThrow().pid()).isNotEqualTo(killed);
        asked().body(
                        "{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"killed-1\", \"context\": {\"orderId\": \"ord-killed\"}}")
                .post(uri("/api/v1/notifications"))
                .then()
                .statusCode(202);
        await().atMost(DEADLINE)
                .until(() -> asked().get(uri("/api/v1/notifications?customerId=killed-1"))
                        .asString()
                        .contains("\"sent\""));
    }

    private static Path dataOfTheService() throws Exception {
        Matcher told = DATA.matcher(Production.service().output());
        assertThat(told.find()).isTrue();
        return Path.of(told.group(1)).resolve("data");
    }

    private static RequestSpecification asked() {
        return given().header("X-API-Key", Production.ADMIN_KEY).contentType("application/json");
    }

    private static URI uri(String path) {
        return Production.service().uri(path);
    }
}
