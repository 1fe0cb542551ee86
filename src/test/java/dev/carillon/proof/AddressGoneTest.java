package dev.carillon.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.carillon.notification.Commands;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What a provider says of an address when something is sent there holds for everything that would be sent there afterwards. */
@QuarkusTest
@TestProfile(Races.class)
class AddressGoneTest {

    private static final String TENANT = "default";

    @Inject
    TestPipeline pipeline;

    private final String customer = TestPipeline.unique("gone");

    @Test
    void who_told_the_provider_to_stop_gets_nothing_more_from_us() {
        // Given
        pipeline.customer(TENANT, customer, null, Races.TOLD_TO_STOP);

        // When
        var refused = pipeline.awaitStatus(submitted(), Status.DEAD_LETTERED);

        // Then
        assertThat(refused.deliveries())
                .singleElement()
                .satisfies(one -> assertThat(one.attempts())
                        .singleElement()
                        .satisfies(attempt -> assertThat(attempt.detail()).isEqualTo("HTTP 400 21610")));
        suppressions(Races.TOLD_TO_STOP)
                .body("suppressions", hasSize(1))
                .body("suppressions[0].cause", equalTo("stop"))
                .body("suppressions[0].source", equalTo("twilio"))
                .body("suppressions[0].detail", equalTo("HTTP 400 21610"));
        assertThat(pipeline.submit(byPhone()))
                .isInstanceOfSatisfying(
                        Receipt.Suppressed.class,
                        suppressed -> assertThat(suppressed.reason()).isEqualTo(Reason.ADDRESS_SUPPRESSED));
    }

    @Test
    void a_refusal_that_says_nothing_of_the_address_blocks_nobody() {
        // Given
        pipeline.customer(TENANT, customer, null, Races.REFUSED);

        // When
        pipeline.awaitStatus(submitted(), Status.DEAD_LETTERED);

        // Then
        suppressions(Races.REFUSED).body("suppressions", empty());
        assertThat(pipeline.submit(byPhone())).isInstanceOf(Receipt.Queued.class);
    }

    private NotificationCommand submitted() {
        var command = byPhone();
        assertThat(pipeline.submit(command)).isInstanceOf(Receipt.Queued.class);
        return command;
    }

    private NotificationCommand byPhone() {
        return Commands.on(Commands.orderShipped(TENANT, customer), "sms");
    }

    private static ValidatableResponse suppressions(String address) {
        return given().queryParam("channel", "sms")
                .queryParam("address", address)
                .get("/api/v1/suppressions")
                .then()
                .statusCode(200);
    }
}
