package dev.carillon.notification.overview;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.carillon.eventsourced.reaction.OwnDatabase;
import dev.carillon.notification.Commands;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.overview.OverviewView.NotClosed;
import dev.carillon.notification.tracking.Status;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(OwnDatabase.class)
class DeliveryOverviewTest {

    private static final String PATH = "/api/v1/delivery";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    DeliveryOverview overview;

    @Inject
    TestPipeline pipeline;

    @Inject
    Pool pool;

    @Inject
    SettableClock clock;

    @AfterEach
    void close() {
        pool.query("delete from circuit").executeAndAwait();
    }

    @Test
    void shows_what_was_sent_by_the_minute_and_why_others_got_nothing_by_the_hour() {
        // Given
        var customer = TestPipeline.unique("cust");
        pipeline.customer("default", customer, customer + "@example.com", "+12025550101");
        var sent = Commands.on(Commands.orderShipped("default", customer), "email");
        pipeline.submit(sent);
        pipeline.awaitStatus(sent, Status.SENT);
        pipeline.submit(Commands.on(Commands.priceDrop("default", customer), "email"));

        // Then
        var found = given().get(PATH).then().statusCode(200).extract().jsonPath();
        assertThat(found.getList(
                        "rates.rows.findAll { it.channel == 'email' && it.provider == 'mock' }.counts.sent",
                        Long.class))
                .isNotEmpty();
        assertThat(found.<String>getList("reasons.rows.findAll { it.status == 'suppressed' }.reason"))
                .contains("CATEGORY_OFF");
        assertThat(found.<String>getList("channels.find { it.channel == 'email' }.lanes.lane"))
                .containsExactly("high", "normal", "low");
        assertThat(found.<String>getList("channels.find { it.channel == 'email' }.providers"))
                .containsExactly("mock");
        assertThat(found.getInt("limits.perChannel")).isPositive();
    }

    @Test
    void rates_go_back_as_far_as_asked() {
        // Given
        var now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        counted("brand-minutes", now, 3);
        counted("brand-minutes", now.minus(10, ChronoUnit.MINUTES), 5);
        counted("brand-minutes", now.minus(2, ChronoUnit.HOURS), 7);

        // Then
        assertThat(sent("brand-minutes", 15)).containsExactly(5L, 3L);
        assertThat(sent("brand-minutes", 5)).containsExactly(3L);
    }

    @Test
    void a_providers_circuit_is_shown_to_who_runs_the_service_and_to_whom_it_concerns() {
        // Given
        var now = clock.instant();
        circuit("sms", "", now.plusSeconds(15));
        counted("brand-sms", now.truncatedTo(ChronoUnit.MINUTES), 1);

        // Then
        given().get(PATH)
                .then()
                .statusCode(200)
                .body("circuits", hasSize(1))
                .body("circuits[0].channel", equalTo("sms"))
                .body("circuits[0].provider", equalTo("mock"))
                .body("circuits[0].destination", nullValue())
                .body("circuits[0].state", equalTo("open"))
                .body("circuits[0].since", notNullValue())
                .body("circuits[0].nextTryAt", notNullValue())
                .body("circuits[0].channelPaused", equalTo(true));
        assertThat(circuits("brand-sms")).extracting(NotClosed::provider).containsExactly("mock");
        assertThat(circuits("brand-mail")).isEmpty();
        assertThat(of("brand-mail").channels())
                .allSatisfy(channel -> assertThat(channel.providers()).isEmpty());
    }

    @Test
    void a_destinations_circuit_is_shown_to_its_tenant_alone() {
        // Given
        circuit("webhook", "brand-a/shop.example.com", clock.instant().minusSeconds(1));

        // Then
        assertThat(circuits("brand-a")).singleElement().satisfies(circuit -> {
            assertThat(circuit.destination()).isEqualTo("shop.example.com");
            assertThat(circuit.state()).isEqualTo("half-open");
            assertThat(circuit.channelPaused()).isFalse();
        });
        assertThat(List.of("brand-a1", "brand", "default"))
                .allSatisfy(other -> assertThat(circuits(other)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"minutes=61,/minutes", "minutes=0,/minutes", "hours=169,/hours", "hours=x,/hours"})
    void what_is_not_understood_is_named(String query, String pointer) {
        given().get(PATH + "?" + query).then().statusCode(422).body("errors.pointer", contains(pointer));
    }

    private OverviewView of(String tenant) {
        return overview.of(tenant, Duration.ofMinutes(15), Duration.ofHours(1))
                .await()
                .atMost(DEADLINE);
    }

    private List<NotClosed> circuits(String tenant) {
        return of(tenant).circuits();
    }

    private List<Long> sent(String tenant, int minutes) {
        return overview
                .of(tenant, Duration.ofMinutes(minutes), Duration.ofHours(1))
                .await()
                .atMost(DEADLINE)
                .rates()
                .rows()
                .stream()
                .map(minute -> minute.counts().get("sent"))
                .toList();
    }

    private void counted(String tenant, Instant minute, long count) {
        pool.preparedQuery(
                        "insert into tally (tenant, minute, type, channel, provider, status, reason, count) values ($1, $2, 'T', 'sms', 'mock', 'sent', '', $3)")
                .executeAndAwait(Tuple.of(tenant, minute.atOffset(ZoneOffset.UTC), count));
    }

    private void circuit(String channel, String destination, Instant until) {
        pool.preparedQuery(
                        "insert into circuit (channel, provider, destination, routes, opened_at, open_until, trips) values ($1, 'mock', $2, 1, $3, $4, 1)")
                .executeAndAwait(Tuple.of(
                        channel,
                        destination,
                        until.minusSeconds(15).atOffset(ZoneOffset.UTC),
                        until.atOffset(ZoneOffset.UTC)));
    }
}
