package dev.carillon.platform.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CallerLimitTest.FiveAtOnce.class)
class CallerLimitTest {

    public static class FiveAtOnce implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("carillon.api.rate-limit.per-second", "0.05", "carillon.api.rate-limit.burst", "5");
        }
    }

    @Inject
    PgTokenBuckets store;

    @Inject
    Transactions transactions;

    @Test
    void a_caller_is_told_how_much_is_left_and_refused_when_nothing_is() {
        // When
        for (int left = 4; left >= 0; left--) {
            var answer =
                    given().get("/api/v1/dead-letters").then().statusCode(200).extract();

            // Then
            assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"caller\";q=5;w=100");
            assertThat(answer.header("RateLimit")).startsWith("\"caller\";r=" + left + ";t=");
        }
        var refused = given().get("/api/v1/dead-letters")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body(
                        "type",
                        equalTo("https://carillon.dev/problems/rate-limited"),
                        "instance",
                        equalTo("/api/v1/dead-letters"))
                .extract();
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 20);
        assertThat(refused.header("RateLimit")).startsWith("\"caller\";r=0;t=");
        given().get("/healthz/ready").then().statusCode(200);
    }

    @Test
    void where_nobody_is_asked_who_they_are_nobody_is_counted() {
        for (int n = 0; n < 10; n++) {
            var answer = given().header("X-API-Key", "ck_wrong")
                    .post("/unsubscribe/forged")
                    .then()
                    .statusCode(404)
                    .extract();
            assertThat(answer.header("RateLimit")).isNull();
            given().header("X-API-Key", "ck_wrong")
                    .contentType("application/json")
                    .body("{}")
                    .post("/api/v1/callbacks/generic/nobody")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void of_many_who_take_at_once_all_together_get_what_there_is() {
        // Given
        var name = "test/" + UUID.randomUUID();
        var now = Instant.parse("2026-11-21T12:00:00Z");

        // When
        int first = taken(name, now);
        int later = taken(name, now.plusMillis(500));
        int earlier = taken(name, now);

        // Then
        assertThat(first).isEqualTo(10);
        assertThat(later).isEqualTo(5);
        assertThat(earlier).as("by a clock that is behind").isZero();
    }

    private int taken(String name, Instant now) {
        return Uni.join()
                .all(IntStream.range(0, 16)
                        .mapToObj(i -> transactions.inTransaction(tx -> store.lease(tx, name, Rate.of(10), 3, now)))
                        .toList())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(30))
                .stream()
                .mapToInt(TokenBucket.Lease::granted)
                .sum();
    }
}
