package dev.carillon.proof;

import static dev.carillon.testing.PostedEvent.event;
import static dev.carillon.testing.PostedEvent.post;
import static io.restassured.RestAssured.given;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.delivery.dispatch.DeliveryBell;
import dev.carillon.eventsourced.reaction.Sweeps;
import dev.carillon.notification.Commands;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.decision.Reason;
import dev.carillon.testing.PutRule;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The closed vocabulary holds no word that nobody is ever told: each is reached through a door, and read where it is shown. */
@QuarkusTest
@TestProfile(Races.class)
class ReasonsTest {

    private static final String TENANT = "default";
    private static final String NOTIFICATIONS = "/api/v1/notifications";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    TestPipeline pipeline;

    @Inject
    DeliveryBell bell;

    @Inject
    Sweeps sweeps;

    @Inject
    Pool pool;

    @Inject
    SettableClock clock;

    private String run;
    private String customer;

    @BeforeEach
    void somebody() {
        run = TestPipeline.unique("reasons");
        customer = "c-" + run;
        customer(
                Map.of("name", "N", "email", run + "@example.com", "phone", "+15550000001", "android", "token-" + run));
    }

    @AfterEach
    void theRuleGoes() {
        given().delete("/api/v1/rules/" + run);
    }

    /** How a word is reached: what is done, and where it is then read as often as asked. */
    private interface Scenario {
        Supplier<String> begin();
    }

    private Map<Reason, Scenario> scenarios() {
        return Map.ofEntries(
                entry(
                        Reason.UNKNOWN_RECIPIENT,
                        () -> corridor(
                                Commands.from(Commands.orderShipped(TENANT, "nobody-" + run), Commands.byRule()))),
                entry(Reason.NO_ADDRESS, () -> {
                    customer(Map.of("name", "N", "phone", "+15550000001"));
                    return submitted("");
                }),
                entry(Reason.ADDRESS_SUPPRESSED, () -> {
                    json("{\"channel\": \"email\", \"address\": \"" + run + "@example.com\"}")
                            .post("/api/v1/suppressions")
                            .then()
                            .statusCode(201);
                    return submitted("");
                }),
                entry(Reason.UNSUBSCRIBED, () -> {
                    prefers("\"channels\": {\"email\": false}");
                    return submitted("");
                }),
                entry(Reason.CATEGORY_OFF, () -> corridor(Commands.priceDrop(TENANT, customer))),
                entry(Reason.CONDITION_FALSE, () -> decided("when: event.data.orderId == 'another'")),
                entry(Reason.NOT_ELIGIBLE, () -> decided("where: customer.name == 'somebody else'")),
                entry(Reason.NOT_IN_AUDIENCE, () -> decided("audience: { segment: nobody-has-it }")),
                entry(Reason.DUPLICATE_EVENT, () -> {
                    published("o");
                    return () -> publish("o", "e-" + run).getString("ignored[0].reason");
                }),
                entry(Reason.DUPLICATE_BUSINESS_KEY, () -> {
                    submitted(", \"businessKey\": \"" + run + "\"");
                    return submitted(", \"businessKey\": \"" + run + "\"");
                }),
                entry(Reason.THROTTLED, () -> {
                    rule("throttle: { max: 1, per: PT1H }");
                    published("o");
                    publish("o", "second-" + run);
                    return decision("second-" + run);
                }),
                entry(Reason.FREQUENCY_CAPPED, () -> {
                    prefers("\"frequencyCap\": {\"max\": 1, \"per\": \"PT1H\"}");
                    submitted("");
                    return submitted("");
                }),
                entry(Reason.DIGESTED, () -> decided("digest: { wait: PT1H }")),
                entry(Reason.QUIET_HOURS, () -> {
                    var now =
                            LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
                    prefers("\"timeZone\": \"UTC\", \"quietHours\": [{\"start\": \"%s\", \"end\": \"%s\"}]"
                            .formatted(now.minusHours(1), now.plusHours(1)));
                    return submitted("");
                }),
                entry(Reason.EXPIRED, () -> submitted(", \"expiresAt\": \"2020-01-01T00:00:00Z\"")),
                entry(Reason.CANCELLED, () -> {
                    var id = submit(", \"sendAt\": \"" + clock.instant().plus(Duration.ofDays(1)) + "\"");
                    given().delete(NOTIFICATIONS + "/" + id).then().statusCode(200);
                    return reason(id);
                }),
                entry(Reason.TEMPLATE_MISSING, () -> {
                    prefers("\"channels\": {\"android\": true}");
                    return corridor(Commands.on(Commands.orderShipped(TENANT, customer), "android"));
                }),
                entry(
                        Reason.VARIABLE_MISSING,
                        () -> corridor(Commands.command(TENANT, customer, "ORDER_SHIPPED", Map.of()))),
                entry(Reason.NO_PROVIDER, () -> {
                    pipeline.prefers(TENANT, customer, "pigeon", true);
                    return corridor(Commands.on(Commands.orderShipped(TENANT, customer), "pigeon"));
                }),
                entry(Reason.PROVIDER_ERROR, () -> byPhone(Races.REFUSED)),
                entry(Reason.CIRCUIT_OPEN, () -> {
                    prefers("\"channels\": {\"android\": true}");
                    var first = pushed();
                    for (int failing = 1; failing < 25; failing++) {
                        pushed();
                    }
                    return of(first, "deliveries[0].reason");
                }),
                entry(Reason.RATE_LIMITED, () -> byPhone(Races.BUSY)),
                entry(Reason.AWAITING_CORRELATION, () -> decided(COLLECT, "when: collected.all(value, value == 'o')")),
                entry(Reason.CORRELATION_TIMEOUT, () -> {
                    rule(
                            COLLECT.replace(" }", ", timeout: { after: PT1S } }"),
                            "when: collected.all(value, value == 'o')");
                    return published("o");
                }),
                entry(Reason.RULE_TOO_COSTLY, () -> {
                    rule("when: (event.data.orderId + event.data.orderId).contains(event.data.orderId + 'x')");
                    return published("o".repeat(9_000));
                }));
    }

    private static final String COLLECT =
            "collect: { by: event.subject, item: event.data.orderId, value: event.data.orderId, expect: \"['o', 'p']\" }";

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_is_somebodys(Reason reason) {
        // Given
        var scenario = scenarios().get(reason);
        assertThat(scenario).as("%s needs a scenario", reason).isNotNull();

        // When
        var read = scenario.begin();

        // Then
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            sweeps.now();
            bell.ring(Set.of("sms", "android"));
            assertThat(read.get()).isEqualTo(reason.name());
        });
    }

    private Supplier<String> corridor(NotificationCommand command) {
        pipeline.submit(command);
        return reason(command.trackingId());
    }

    private Supplier<String> submitted(String more) {
        return reason(submit(more));
    }

    private String submit(String more) {
        return json("{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"%s\", \"context\": {\"orderId\": \"o\"}, \"channels\": [\"email\"]%s}"
                        .formatted(customer, more))
                .post(NOTIFICATIONS)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202)
                .extract()
                .path("trackingId");
    }

    private String pushed() {
        return json("{\"type\": \"PUSHED\", \"customerId\": \"%s\"}".formatted(customer))
                .post(NOTIFICATIONS)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(202)
                .extract()
                .path("trackingId");
    }

    /** Of what was given up the delivery says why. */
    private Supplier<String> byPhone(String number) {
        customer(Map.of("name", "N", "phone", number));
        var command = Commands.on(Commands.orderShipped(TENANT, customer), "sms");
        pipeline.submit(command);
        return of(command.trackingId(), "deliveries[0].reason");
    }

    private static Supplier<String> reason(String id) {
        return of(id, "reason");
    }

    private static Supplier<String> of(String id, String path) {
        return () -> given().get(NOTIFICATIONS + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .path(path);
    }

    private Supplier<String> decided(String... lines) {
        rule(lines);
        return published("o");
    }

    private Supplier<String> published(String order) {
        publish(order, "e-" + run);
        return decision("e-" + run);
    }

    private Supplier<String> decision(String event) {
        return () -> {
            var rows = pool.preparedQuery(
                            "select reason from decision where event_id = $1 and rule_id = $2 order by id desc limit 1")
                    .executeAndAwait(Tuple.of(event, run))
                    .iterator();
            return rows.hasNext() ? rows.next().getString(0) : null;
        };
    }

    private void rule(String... lines) {
        var yaml = "id: %1$s\non: began.%1$s\nnotify: { type: ORDER_SHIPPED, channels: [email] }\n"
                .formatted(run)
                .concat(String.join("\n", lines))
                .concat("\n");
        PutRule.rule(run, yaml);
    }

    private JsonPath publish(String order, String id) {
        return post(event(customer, "began." + run)
                        .id(id)
                        .at(clock.instant())
                        .data("{\"orderId\": \"" + order + "\"}")
                        .json())
                .statusCode(202)
                .extract()
                .jsonPath();
    }

    private void customer(Map<String, String> said) {
        pipeline.customer(TENANT, customer, new HashMap<>(said));
    }

    private void prefers(String what) {
        json("{" + what + "}")
                .put("/api/v1/preferences/" + customer)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(oneOf(200, 201));
    }

    private static RequestSpecification json(String body) {
        return given().contentType(ContentType.JSON).body(body);
    }
}
