package dev.carillon.platform.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of the console. Without one the open mode of tests answers, as the tenant {@code default}: these are another's. */
@QuarkusTest
class SessionsTest {

    private static final String SESSION = "/api/v1/session";
    private static final String TENANT = "of-sessions";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    ApiKeys keys;

    @Inject
    ConsoleSessions sessions;

    @Inject
    PgSessions store;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    @Inject
    SettableClock clock;

    private ApiKeys.NewApiKey key;

    @BeforeEach
    void haveAKey() {
        key = keys.issueForTenant(ids.next(), TENANT, Set.of("reader", "sender"), "console")
                .await()
                .atMost(PATIENCE);
    }

    @Test
    void a_key_is_exchanged_for_a_cookie_that_scripts_cannot_read() {
        var answer = signIn().statusCode(201).body("tenant", equalTo(TENANT)).extract();

        assertThat(answer.header("Set-Cookie"))
                .startsWith("__Host-carillon=enc1.")
                .contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContainIgnoringCase("domain", "max-age", "expires", key.secret());
        assertThat(answer.asString()).doesNotContain(key.secret());
        as(cookie(answer.header("Set-Cookie")))
                .get(SESSION)
                .then()
                .statusCode(200)
                .body("tenant", equalTo(TENANT))
                .body("roles", equalTo(List.of("reader", "sender")))
                .body("csrfToken", equalTo(answer.<String>path("csrfToken")))
                .body("open", equalTo(false));
    }

    @Test
    void a_wrong_key_is_a_401_problem() {
        given().contentType("application/json")
                .body("{\"key\":\"ck_wrong\"}")
                .post(SESSION)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("Set-Cookie", nullValue());
    }

    @Test
    void a_session_may_do_what_its_key_may() {
        var started = started();

        as(started.cookie()).get("/api/v1/customers/nobody").then().statusCode(404);
        as(started.cookie()).get("/api/v1/api-keys").then().statusCode(403);
    }

    @Test
    void writes_need_the_token_of_the_session() {
        var started = started();
        var another = started();

        write(as(started.cookie())).statusCode(403).body("detail", containsString("X-CSRF-Token"));
        write(as(started.cookie()).header("X-CSRF-Token", "x")).statusCode(403);
        write(as(started.cookie()).header("X-CSRF-Token", another.csrfToken())).statusCode(403);
        write(as(started.cookie()).header("X-CSRF-Token", started.csrfToken())).statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void a_page_of_another_origin_has_no_session(String site) {
        var started = started();

        as(started.cookie())
                .header("Sec-Fetch-Site", site)
                .get(SESSION)
                .then()
                .statusCode(200)
                .body("tenant", equalTo("default")) // what the open mode gives to anybody
                .body("csrfToken", nullValue());
        write(as(started.cookie()).header("Sec-Fetch-Site", site).header("X-CSRF-Token", started.csrfToken()))
                .statusCode(403)
                .body("detail", containsString("origin"));
        given().header("Sec-Fetch-Site", site)
                .contentType("application/json")
                .body("{\"key\":\"" + key.secret() + "\"}")
                .post(SESSION)
                .then()
                .statusCode(403);
    }

    @Test
    void an_older_browsers_page_of_another_origin_has_none_either() {
        var started = started();

        write(as(started.cookie()).header("Origin", "https://evil.example").header("X-CSRF-Token", started.csrfToken()))
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "enc1.", "enc1.00000000.AAAA", "abc", "a-secret-in-clear"})
    void a_forged_cookie_is_none(String value) {
        assertThat(tenantOf("__Host-carillon=" + value)).isEqualTo("default");
    }

    @Test
    void signing_out_ends_it_and_its_streams() {
        var started = started();
        var ended = watch(started);

        as(started.cookie())
                .header("X-CSRF-Token", started.csrfToken())
                .delete(SESSION)
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));

        assertThat(ended).succeedsWithin(PATIENCE);
        assertThat(tenantOf(started.cookie())).isEqualTo("default");
    }

    @Test
    void it_ends_with_its_key() {
        var started = started();
        var ended = watch(started);

        keys.revoke(TENANT, key.key().id()).await().atMost(PATIENCE);

        assertThat(tenantOf(started.cookie())).isEqualTo("default");
        sessions.endWatched().await().atMost(PATIENCE);
        assertThat(ended).succeedsWithin(PATIENCE);
    }

    @Test
    void it_ends_when_nobody_uses_it_and_its_streams_do_not_count_as_use() {
        var started = started();
        var ended = watch(started);

        try (var bent = clock.ahead(Duration.ofMinutes(29))) {
            sessions.endWatched().await().atMost(PATIENCE);
            assertThat(ended).isNotDone();
            assertThat(tenantOf(started.cookie())).isEqualTo(TENANT);
        }
        try (var bent = clock.ahead(Duration.ofMinutes(58))) {
            assertThat(tenantOf(started.cookie())).isEqualTo(TENANT);
        }
        try (var bent = clock.ahead(Duration.ofMinutes(89))) {
            assertThat(tenantOf(started.cookie())).isEqualTo("default");
            sessions.endWatched().await().atMost(PATIENCE);
            assertThat(ended).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void what_a_page_asks_by_itself_is_no_use() {
        var started = started();

        try (var bent = clock.ahead(Duration.ofMinutes(29))) {
            as(started.cookie())
                    .header("X-Carillon-Background", "1")
                    .get(SESSION)
                    .then()
                    .body("tenant", equalTo(TENANT));
        }
        try (var bent = clock.ahead(Duration.ofMinutes(31))) {
            assertThat(tenantOf(started.cookie())).isEqualTo("default");
        }
    }

    @Test
    void it_ends_after_its_longest_time_however_much_it_is_used() {
        var started = started();

        for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
            try (var bent = clock.ahead(Duration.ofMinutes(minutes))) {
                assertThat(tenantOf(started.cookie())).isEqualTo(TENANT);
            }
        }
        try (var bent = clock.ahead(Duration.ofMinutes(12 * 60 + 1))) {
            assertThat(tenantOf(started.cookie())).isEqualTo("default");
        }
    }

    @Test
    void those_that_have_ended_are_deleted() {
        started();

        try (var bent = clock.ahead(Duration.ofHours(1))) {
            sessions.forget().await().atMost(PATIENCE);
            var left = transactions
                    .inTransaction(tx -> store.forget(tx, clock.instant(), 1))
                    .await()
                    .atMost(PATIENCE);
            assertThat(left).isZero();
        }
    }

    private record Started(String cookie, String csrfToken) {}

    private Started started() {
        var answer = signIn().statusCode(201).extract();
        return new Started(cookie(answer.header("Set-Cookie")), answer.path("csrfToken"));
    }

    private ValidatableResponse signIn() {
        return given().contentType("application/json")
                .body("{\"key\":\"" + key.secret() + "\"}")
                .post(SESSION)
                .then();
    }

    private CompletableFuture<Void> watch(Started started) {
        var secret = sessions.secretIn(value(started.cookie()));
        return sessions.ended(secret.hash()).subscribeAsCompletionStage();
    }

    private static ValidatableResponse write(RequestSpecification by) {
        return by.contentType("application/json")
                .body("{\"name\":\"Ann\"}")
                .put("/api/v1/customers/of-a-session-" + UUID.randomUUID())
                .then();
    }

    private static String tenantOf(String cookie) {
        return as(cookie).get(SESSION).then().statusCode(200).extract().path("tenant");
    }

    private static RequestSpecification as(String cookie) {
        return given().header("Cookie", cookie);
    }

    private static String cookie(String setCookie) {
        return setCookie.substring(0, setCookie.indexOf(';'));
    }

    private static String value(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1);
    }
}
