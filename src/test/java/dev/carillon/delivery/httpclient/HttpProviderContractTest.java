package dev.carillon.delivery.httpclient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.ProviderContractTest;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract for everything that is called over HTTP, and what HTTP adds to it. */
public abstract class HttpProviderContractTest extends ProviderContractTest {

    protected static WireMockServer server;

    @BeforeAll
    static void aServer() {
        server = new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
        server.start();
    }

    @AfterAll
    static void noServer() {
        server.stop();
    }

    @BeforeEach
    void nothingAskedYet() {
        server.resetAll();
        prepare();
    }

    /** The path the provider's messages go to. */
    protected abstract String path();

    /** The answer of a provider that takes it. */
    protected abstract ResponseDefinitionBuilder yes();

    /** An answer with an error's status and body, as the provider shapes it. */
    protected abstract ResponseDefinitionBuilder no(int status, String code, String message);

    /** What has to be there besides. */
    protected void prepare() {}

    protected URI url() {
        return URI.create(server.baseUrl());
    }

    protected void answers(ResponseDefinitionBuilder answer) {
        server.stubFor(any(urlPathEqualTo(path())).willReturn(answer));
    }

    protected List<LoggedRequest> requests() {
        return server.findAll(postRequestedFor(urlPathEqualTo(path())));
    }

    @Override
    protected void takes() {
        answers(yes());
    }

    @Override
    protected void fails() {
        answers(no(500, "INTERNAL", PERSONAL));
    }

    @Override
    protected void isSilent() {
        answers(yes().withFixedDelay((int) TOO_LONG.toMillis()));
    }

    @Override
    protected void resets() {
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    }

    @Override
    protected void talksGarbage() {
        answers(aResponse().withStatus(200).withBody("<html>Welcome to our network! " + PERSONAL));
    }

    @Override
    protected void isBusy() {
        answers(no(429, "BUSY", PERSONAL).withHeader("Retry-After", "120"));
    }

    @Override
    protected void drips() {
        answers(aResponse().withStatus(200).withBody("x".repeat(100)).withChunkedDribbleDelay(50, (int)
                TOO_LONG.toMillis()));
    }

    @Override
    protected void refuses() {
        answers(no(400, "INVALID", PERSONAL));
    }

    @Override
    protected void doesNotKnowUs() {
        answers(no(401, "WHO", PERSONAL));
    }

    @Override
    protected void talksWithoutEnd() {
        answers(aResponse().withStatus(200).withBody("{\"a\":\"" + "x".repeat(1_000_000) + "\"}"));
    }

    @Override
    protected int calls() {
        return requests().size();
    }

    @Override
    protected List<String> idempotencyKeys() {
        return requests().stream()
                .map(request -> request.getHeader("Idempotency-Key"))
                .toList();
    }

    @Test
    void whatever_is_in_a_text_is_sent_and_nobodys_trouble() {
        // Given
        takes();
        var like = delivery();

        for (var text :
                List.of("🎉", "half \ud83c", "\udf89\ud83c", "e\u0301\u2028\u2029", "\u0000\u007f\u0085", "\uffff")) {
            // When
            var outcome = send(new Delivery(
                    like.id(),
                    like.tenant(),
                    like.notificationId(),
                    like.channel(),
                    like.recipient(),
                    like.subject(),
                    text,
                    like.html(),
                    like.priority(),
                    like.expiresAt(),
                    like.traceparent(),
                    like.unsubscribeUrl()));

            // Then
            assertThat(outcome).as(text).isInstanceOf(Sent.class);
        }
        assertThat(requests())
                .allSatisfy(request -> assertThat(request.getHeader("Content-Length"))
                        .isIn(null, String.valueOf(request.getBody().length)));
    }

    @Test
    void a_date_in_retry_after_is_as_good_as_seconds() {
        // Given
        try (var stopped = clock.stopAt(clock.instant().truncatedTo(ChronoUnit.SECONDS))) {
            var until = clock.instant().plusSeconds(300).atOffset(ZoneOffset.UTC);
            answers(no(503, "BUSY", PERSONAL)
                    .withHeader(
                            "Retry-After",
                            DateTimeFormatter.RFC_1123_DATE_TIME
                                    .withLocale(Locale.ROOT)
                                    .format(until)));

            // When
            var outcome = send(delivery());

            // Then
            assertThat(retry(outcome).failure()).isEqualTo(FailureKind.RATE_LIMITED);
            assertThat(retry(outcome).after()).isEqualTo(Duration.ofMinutes(5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 425, 500, 502, 504, 599})
    void what_may_pass_is_tried_again(int status) {
        // Given
        answers(no(status, "TRY", PERSONAL));

        // When
        var outcome = send(delivery());

        // Then
        assertThat(retry(outcome).failure()).isEqualTo(FailureKind.PROVIDER_ERROR);
        assertThat(retry(outcome).detail()).startsWith("HTTP " + status).doesNotContain("canary");
        assertThat(retry(outcome).fault())
                .as("a 4xx is about this call")
                .isEqualTo(status < 500 ? DeliveryOutcome.Fault.MESSAGE : DeliveryOutcome.Fault.PROVIDER);
    }

    /** Whether what it refuses us with is said by one recipient, and by nobody else. */
    protected boolean isTheRecipients() {
        return false;
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 404, 405, 407, 415})
    void a_provider_that_does_not_know_us_refuses_no_message(int status) {
        // Given
        answers(no(status, "WHO", PERSONAL));

        // When
        var outcome = send(delivery());

        // Then
        if (isTheRecipients()) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.block()).isNull());
        } else {
            assertThat(retry(outcome).failure()).isEqualTo(FailureKind.PROVIDER_ERROR);
            assertThat(retry(outcome).fault())
                    .as("the next one would hear it, too")
                    .isEqualTo(DeliveryOutcome.Fault.PROVIDER);
            assertThat(retry(outcome).detail()).startsWith("HTTP " + status).doesNotContain("canary");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 410, 413, 414, 422, 451})
    void what_will_not_pass_is_refused(int status) {
        // Given
        answers(no(status, "NEVER", PERSONAL));

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.detail())
                                .startsWith("HTTP " + status)
                                .doesNotContain("canary"));
    }

    @Test
    void nobody_is_followed_anywhere_else() {
        // Given
        answers(aResponse().withStatus(307).withHeader("Location", server.baseUrl() + "/elsewhere"));
        server.stubFor(any(urlPathEqualTo("/elsewhere")).willReturn(yes()));

        // When
        var outcome = send(delivery());

        // Then
        assertThat(retry(outcome).detail()).isEqualTo("HTTP 307");
        assertThat(server.findAll(postRequestedFor(urlPathEqualTo("/elsewhere"))))
                .isEmpty();
    }

    @Test
    void a_server_that_is_not_there_was_not_sent_anything() {
        // Given
        var delivery = delivery();
        open();
        server.stop();
        try {

            // When
            var outcome = send(delivery);

            // Then
            assertThat(retry(outcome).failure()).isEqualTo(FailureKind.PROVIDER_ERROR);
        } finally {
            aServer();
        }
    }
}
