package dev.carillon.delivery.email;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.carillon.delivery.slack.RealProviders;
import dev.carillon.notification.Commands;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.testing.MailSink;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mail server says of one recipient is nobody else's trouble. */
@QuarkusTest
@TestProfile(RealProviders.class)
class GreylistingTest {

    private static final String TENANT = "default";
    /** More than the circuit breaker needs to open. */
    private static final int MANY = 30;
    /** Of quarkus.mailer.max-pool-size, which is not set. */
    private static final int CONNECTIONS = 10;

    @Inject
    TestPipeline pipeline;

    private final MailSink server = RealProviders.mail();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "451 4.7.1 Greylisted, come back later",
                "451-4.7.1 Greylisted\n451 4.7.1 come back later",
                "450 later",
                "452 4.2.2 Mailbox full",
                "451 4.3.0 Lookup failed"
            })
    void recipients_who_are_not_taken_yet_stop_no_other_mail(String answer) {
        // Given
        var grey = IntStream.range(0, MANY)
                .mapToObj(i -> {
                    var address = TestPipeline.unique("grey") + "@example.com";
                    server.answer(address, answer);
                    return mailTo(address);
                })
                .toList();
        grey.forEach(command -> pipeline.awaitStatus(command, Status.RETRYING));
        var address = TestPipeline.unique("white") + "@example.com";

        // When
        var white = mailTo(address);

        // Then
        pipeline.awaitStatus(white, Status.SENT);
        assertThat(server.mailsTo(address)).hasSize(1);
        assertThat(grey)
                .allSatisfy(command -> assertThat(pipeline.find(TENANT, command.trackingId())
                                .deliveries()
                                .get(0)
                                .attempts())
                        .extracting(NotificationView.AttemptView::outcome, NotificationView.AttemptView::failure)
                        .containsExactly(tuple("retry", "RATE_LIMITED")));
        given().get("/healthz/ready")
                .then()
                .body(
                        "checks.find { it.name == 'circuits' }.data.'email/smtp'",
                        org.hamcrest.Matchers.equalTo("closed"));
    }

    @Test
    void a_slow_mail_server_gets_each_mail_once() {
        // Given
        var open = server.hold();
        var addresses = IntStream.range(0, MANY)
                .mapToObj(i -> TestPipeline.unique("slow") + "@example.com")
                .toList();

        // When
        var mails = addresses.stream().map(this::mailTo).toList();
        await().until(() -> addresses.stream().mapToLong(server::askedFor).sum() == CONNECTIONS);
        open.countDown();

        // Then
        mails.forEach(mail -> assertThat(pipeline.awaitStatus(mail, Status.SENT)
                        .deliveries()
                        .get(0)
                        .attempts())
                .hasSize(1));
        assertThat(addresses)
                .allSatisfy(address -> assertThat(server.mailsTo(address)).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "550 5.1.1 no such user, SMTP 550 5.1.1",
        "550-5.1.1 The account|550 5.1.1 does not exist, SMTP 550 5.1.1",
        "556 5.1.10 null MX, SMTP 556 5.1.10"
    })
    void an_address_nobody_has_is_suppressed_with_the_attempt(String answer, String codes) {
        // Given
        var address = TestPipeline.unique("nobody") + "@example.com";
        server.answer(address, answer.replace('|', '\n'));

        // When
        var dead = pipeline.awaitStatus(mailTo(address), Status.DEAD_LETTERED);

        // Then
        assertThat(dead.deliveries().get(0).detail()).isEqualTo(codes);
        given().queryParam("channel", "email")
                .queryParam("address", address)
                .get("/api/v1/suppressions")
                .then()
                .body("suppressions.cause", contains("bounce"))
                .body("suppressions.detail", contains(codes))
                .body("suppressions.source", contains("smtp"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.7.1 blocked: poor reputation",
                "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation",
                "552 5.2.2 Mailbox full"
            })
    void what_says_nothing_of_the_address_suppresses_nothing(String answer) {
        // Given
        var address = TestPipeline.unique("blocked") + "@example.com";
        server.answer(address, answer);

        // When
        pipeline.awaitStatus(mailTo(address), Status.DEAD_LETTERED);

        // Then
        given().queryParam("channel", "email")
                .queryParam("address", address)
                .get("/api/v1/suppressions")
                .then()
                .body("suppressions", empty());
    }

    @Test
    void a_refusal_of_the_mail_itself_counts_as_one_of_the_recipient() {
        // Given
        var address = TestPipeline.unique("late") + "@example.com";
        server.answerMail(address, "550 5.1.1 no such user after all");

        // When
        pipeline.awaitStatus(mailTo(address), Status.DEAD_LETTERED);

        // Then
        given().queryParam("channel", "email")
                .queryParam("address", address)
                .get("/api/v1/suppressions")
                .then()
                .body("suppressions.cause", contains("bounce"));
    }

    @Test
    void we_say_who_we_are_by_the_configured_name() {
        // When
        pipeline.awaitStatus(mailTo(TestPipeline.unique("hello") + "@example.com"), Status.SENT);

        // Then
        assertThat(server.greetings()).isNotEmpty().containsOnly("notify.example.com");
    }

    private NotificationCommand mailTo(String address) {
        var customer = TestPipeline.unique("mail");
        pipeline.customer(TENANT, customer, address, null);
        var command =
                Commands.on(Commands.command(TENANT, customer, "PARCEL_READY", Map.of("orderId", "ord-1")), "email");
        pipeline.submit(command);
        return command;
    }
}
