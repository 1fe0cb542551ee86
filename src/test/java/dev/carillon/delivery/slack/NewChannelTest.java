package dev.carillon.delivery.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;

import dev.carillon.notification.Commands;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a channel gets that is nothing but a package: preferences, words, delivery and tracking. */
@QuarkusTest
@TestProfile(RealProviders.class)
class NewChannelTest {

    private static final String TENANT = "default";

    @Inject
    TestPipeline pipeline;

    private final String member = "U" + System.nanoTime();
    private final String customer = TestPipeline.unique("slack");

    @BeforeEach
    void aCustomerOnSlack() {
        RealProviders.http().resetAll();
        RealProviders.http()
                .stubFor(post(urlPathEqualTo("/api/chat.postMessage"))
                        .willReturn(aResponse().withBody("{\"ok\": true, \"ts\": \"1503435956.000247\"}")));
        pipeline.customer(TENANT, customer, Map.of("name", "Ada", "email", customer + "@example.com", "slack", member));
    }

    @Test
    void it_is_preferred_worded_delivered_and_tracked() {
        // Given
        given().contentType(ContentType.JSON)
                .body("{\"preferences\": {\"order_updates\": {\"slack\": true}}}")
                .put("/api/v1/preferences/{id}", customer)
                .then()
                .statusCode(201)
                .body("preferences.order_updates.slack", equalTo(true));
        var command = Commands.command(TENANT, customer, "PARCEL_READY", Map.of("orderId", "ord-7"));

        // When
        pipeline.submit(command);

        // Then
        var sent = pipeline.awaitStatus(command, Status.SENT);
        var requests = RealProviders.http().findAll(postRequestedFor(urlPathEqualTo("/api/chat.postMessage")));
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).getHeader("Authorization")).isEqualTo("Bearer xoxb-secret");
        var body = new JsonObject(requests.get(0).getBodyAsString());
        assertThat(body.getString("channel")).isEqualTo(member);
        assertThat(body.getString("text")).isEqualTo("Ada, your order ord-7 can be picked up.");
        var delivery = sent.deliveries().stream()
                .filter(one -> one.channel().equals("slack"))
                .findFirst()
                .orElseThrow();
        assertThat(delivery.attempts())
                .extracting(NotificationView.AttemptView::provider, NotificationView.AttemptView::providerMessageId)
                .containsExactly(tuple("slack", "1503435956.000247"));
    }

    @Test
    void whoever_does_not_want_it_does_not_get_it() {
        // Given
        given().contentType(ContentType.JSON)
                .body("{\"preferences\": {\"order_updates\": {\"slack\": false}}}")
                .put("/api/v1/preferences/{id}", customer)
                .then()
                .statusCode(201);
        var command =
                Commands.on(Commands.command(TENANT, customer, "PARCEL_READY", Map.of("orderId", "ord-8")), "slack");

        // When
        pipeline.submit(command);

        // Then
        assertThat(pipeline.awaitStatus(command, Status.SUPPRESSED).reason()).isEqualTo(Reason.CATEGORY_OFF);
        assertThat(RealProviders.http().findAll(postRequestedFor(urlPathEqualTo("/api/chat.postMessage"))))
                .isEmpty();
    }

    @Test
    void email_goes_out_through_the_mail_server_that_is_configured() throws Exception {
        // Given
        var command =
                Commands.on(Commands.command(TENANT, customer, "PARCEL_READY", Map.of("orderId", "ord-9")), "email");

        // When
        pipeline.submit(command);

        // Then
        var sent = pipeline.awaitStatus(command, Status.SENT);
        var attempt = sent.deliveries().get(0).attempts().get(0);
        assertThat(attempt.provider()).isEqualTo("smtp");
        var mail = mailTo(customer + "@example.com");
        assertThat(mail.getSubject()).isEqualTo("Ready: ord-9");
        assertThat(mail.getMessageID()).isEqualTo(attempt.providerMessageId());
    }

    private static MimeMessage mailTo(String address) throws MessagingException {
        var mails = RealProviders.mail().mailsTo(address);
        assertThat(mails).hasSize(1);
        return new MimeMessage(
                null, new ByteArrayInputStream(mails.get(0).text().getBytes(StandardCharsets.UTF_8)));
    }
}
