package dev.carillon.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.NotTried;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.ProviderContractTest;
import dev.carillon.delivery.TestDeliveries;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpTest extends ProviderContractTest {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: (.*)$");

    private ScriptedMailServer server;

    @BeforeEach
    void aMailServer() {
        server = new ScriptedMailServer(vertx);
    }

    @AfterEach
    void noMailServer() {
        server.close();
    }

    @Override
    protected Gateway gateway(Duration deadline) {
        return gateway(deadline, new MailConfig(), 10);
    }

    private SmtpGateway gateway(Duration deadline, MailConfig config, int connections) {
        config.setHostname("127.0.0.1")
                .setPort(server.port())
                .setOwnHostname("localhost")
                .setMaxPoolSize(connections);
        return new SmtpGateway(
                vertx,
                over -> MailClient.create(over, config),
                new EmailFrom("shop@example.com", "The Shop", null),
                deadline,
                new SmtpConnections(connections, clock));
    }

    @Override
    protected Delivery delivery() {
        return TestDeliveries.delivery("email", 1);
    }

    @Override
    protected void takes() {
        server.takeEverything();
    }

    @Override
    protected void fails() {
        server.on("MAIL", to -> to.write("451 4.3.0 " + PERSONAL + "\r\n"));
    }

    @Override
    protected void isSilent() {
        server.on(ScriptedMailServer.MAIL_ENDED, to -> {});
    }

    @Override
    protected void resets() {
        server.on(ScriptedMailServer.MAIL_ENDED, NetSocket::close);
    }

    @Override
    protected void talksGarbage() {
        server.on(ScriptedMailServer.MAIL_ENDED, to -> to.write("HTTP/1.1 200 OK\r\n"));
    }

    @Override
    protected void isBusy() {
        server.on("MAIL", to -> to.write("452 4.3.1 too much mail from " + PERSONAL + "\r\n"));
    }

    @Override
    protected boolean saysHowLong() {
        return false;
    }

    @Override
    protected void drips() {
        server.on(
                ScriptedMailServer.MAIL_ENDED,
                to -> vertx.setPeriodic(100, timer -> to.write("2").onFailure(gone -> vertx.cancelTimer(timer))));
    }

    @Override
    protected void refuses() {
        server.on("RCPT", to -> to.write("550 5.1.1 <" + PERSONAL + ">: no such mailbox\r\n"));
    }

    @Override
    protected void doesNotKnowUs() {
        server.on("MAIL", to -> to.write("530 5.7.0 authenticate first, " + PERSONAL + "\r\n"));
    }

    @Override
    protected void talksWithoutEnd() {
        hurry();
        server.on(ScriptedMailServer.MAIL_ENDED, to -> to.write("250-" + "x".repeat(1_000_000)));
    }

    @Override
    protected int calls() {
        return server.mails().size();
    }

    @Override
    protected List<String> idempotencyKeys() {
        return server.mails().stream()
                .map(mail -> MESSAGE_ID
                        .matcher(mail)
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1))
                .toList();
    }

    @Test
    void no_mail_waits_for_a_connection_inside_the_client() {
        // Given
        var gateway = gateway(Duration.ofSeconds(30), new MailConfig(), 2);
        var held = new CopyOnWriteArrayList<NetSocket>();
        server.on("RCPT", held::add);
        var first = gateway.send(TestDeliveries.leased(delivery(), 1, clock.instant()))
                .subscribeAsCompletionStage();
        var second = gateway.send(TestDeliveries.leased(delivery(), 1, clock.instant()))
                .subscribeAsCompletionStage();
        int left = gateway.free();

        // When
        var third = gateway.send(TestDeliveries.leased(delivery(), 1, clock.instant()))
                .await()
                .atMost(Duration.ofSeconds(30));

        // Then
        assertThat(left).isZero();
        assertThat(third).isEqualTo(new NotTried("no connection to the mail server is free"));
        await().until(() -> held.size() == 2);
        server.takeEverything();
        held.forEach(to -> to.write("250 OK\r\n"));
        assertThat(List.of(first.join(), second.join()))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Sent.class));
        await().until(() -> gateway.free() == 2);
        assertThat(server.mails()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedMailServer.CONNECTED, "EHLO", "MAIL", "RCPT", "DATA"})
    void a_connection_that_breaks_before_the_mail_was_sent_sent_nothing(String command) {
        // Given
        server.on(command, NetSocket::close);

        // When
        var outcome = retry(send(delivery()));

        // Then
        assertThat(outcome.failure()).isEqualTo(FailureKind.PROVIDER_ERROR);
        assertThat(outcome.detail()).endsWith(", before the mail was sent");
        assertThat(server.mails()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_connection_that_breaks_after_the_mail_was_sent_may_have_sent_it(boolean pipelining) {
        // Given
        server.pipelines(pipelining);
        server.on(ScriptedMailServer.MAIL_ENDED, NetSocket::close);

        // Then
        assertThat(retry(send(delivery())).failure()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void a_server_without_the_tls_or_the_login_we_need_was_sent_nothing() {
        // Given
        var withoutTls = gateway(
                Duration.ofSeconds(30),
                new MailConfig().setStarttls(StartTLSOptions.REQUIRED).setSslHandshakeTimeout(1),
                2);
        var withoutLogin = gateway(
                Duration.ofSeconds(30),
                new MailConfig().setLogin(LoginOption.REQUIRED).setUsername("u").setPassword("p"),
                2);

        // Then
        assertThat(sendBy(withoutTls))
                .isEqualTo(new RetryLater(
                        FailureKind.PROVIDER_ERROR,
                        "the mail server offers no STARTTLS, before the mail was sent",
                        null));
        assertThat(sendBy(withoutLogin))
                .isEqualTo(new RetryLater(
                        FailureKind.PROVIDER_ERROR,
                        "the mail server offers no login that we may use, before the mail was sent",
                        null));

        // When
        server.on("EHLO", to -> to.write("250-mail.example.com\r\n250 STARTTLS\r\n"));

        // Then
        assertThat(retry(sendBy(withoutTls)).failure())
                .as("250 to STARTTLS, and no TLS")
                .isEqualTo(FailureKind.PROVIDER_ERROR);
        assertThat(server.mails()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedMailServer.CONNECTED, "RCPT", "DATA"})
    void who_says_nothing_before_the_mail_was_sent_never_gets_it(String command) {
        // Given
        var held = new CopyOnWriteArrayList<NetSocket>();
        var closed = new CopyOnWriteArrayList<NetSocket>();
        server.on(command, to -> held.add(to.closeHandler(gone -> closed.add(to))));
        hurry();

        // When
        var outcome = retry(send(delivery()));

        // Then
        assertThat(outcome.failure()).isEqualTo(FailureKind.PROVIDER_ERROR);

        // When
        server.takeEverything();
        held.forEach(to -> to.write(command.equals("DATA") ? "354 go on\r\n" : "250 OK\r\n"));

        // Then
        await().until(() -> closed.size() == 1);
        assertThat(server.mails()).as("another provider may have sent it").isEmpty();
    }

    @Test
    void a_server_that_takes_two_connections_gets_all_mail_over_two() {
        try (var stopped = clock.stop()) {
            // Given
            var gateway = gateway(Duration.ofSeconds(30), new MailConfig(), 10);
            var open = new CopyOnWriteArrayList<NetSocket>();
            var toRcpt = new CopyOnWriteArrayList<NetSocket>();
            server.greets(to ->
                    open.size() < 2 && open.add(to) ? "220 mail.example.com ESMTP" : "421 4.7.0 too many connections");
            server.on("RCPT", toRcpt::add);
            var sends = IntStream.range(0, 10)
                    .mapToObj(i -> gateway.send(TestDeliveries.leased(delivery(), 1, clock.instant()))
                            .subscribeAsCompletionStage())
                    .toList();

            // When
            await().until(() -> toRcpt.size() == 2
                    && sends.stream().filter(CompletableFuture::isDone).count() == 8);

            // Then
            assertThat(sends.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
                    .hasSize(8)
                    .containsOnly(new NotTried("the mail server accepts no more connections"));
            assertThat(gateway.free()).isZero();

            // When
            server.takeEverything();
            toRcpt.forEach(to -> to.write("250 OK\r\n"));
            sends.forEach(CompletableFuture::join);
            await().until(() -> gateway.free() == 2);
            for (int i = 0; i < 10; i++) {
                assertThat(sendBy(gateway)).isInstanceOf(Sent.class);
            }

            // Then
            assertThat(server.connections())
                    .as("the two that were open are used again")
                    .isEqualTo(10);
            assertThat(server.mails()).hasSize(12);

            // When
            clock.advance(SmtpConnections.GROWS_AFTER);

            // Then
            assertThat(gateway.free()).isEqualTo(3);
        }
    }

    @Test
    void a_server_that_lets_nobody_in_is_in_trouble() {
        // Given
        server.greets(to -> "421 4.7.0 too many connections");

        // Then
        assertThat(send(delivery())).isEqualTo(new RetryLater(FailureKind.PROVIDER_ERROR, "SMTP 421 4.7.0", null));
    }

    @Test
    void a_mail_that_cannot_be_written_takes_no_connection() {
        var gateway = open();
        int before = gateway.free();

        assertThatThrownBy(() -> gateway.send(
                        TestDeliveries.leased(TestDeliveries.mail("Hello", null, null, null), 1, clock.instant())))
                .isInstanceOf(NullPointerException.class);

        assertThat(gateway.free()).isEqualTo(before);
    }

    @Test
    void a_refusal_is_kept_with_its_code() {
        // Given
        refuses();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome).isEqualTo(new Refused(FailureKind.REJECTED, "SMTP 550 5.1.1", Block.BOUNCE));
    }

    @Test
    void who_is_not_taken_yet_is_asked_for_again_in_minutes_each_time_later() {
        // Given
        server.on("RCPT", to -> to.write("451 4.7.1 greylisted\r\n"));

        // Then
        assertThat(IntStream.rangeClosed(1, 12)
                        .mapToObj(attempt ->
                                retry(open().send(TestDeliveries.leased(delivery(), attempt, clock.instant()))
                                        .await()
                                        .indefinitely())))
                .allMatch(later -> later.failure() == FailureKind.RATE_LIMITED)
                .extracting(RetryLater::after)
                .containsExactly(
                        Stream.of("5m", "10m", "20m", "40m", "80m", "160m", "320m", "640m", "12h", "12h", "12h", "12h")
                                .map(pause -> Duration.parse("PT" + pause))
                                .toArray(Duration[]::new));
    }

    @Test
    void whom_the_server_does_not_let_send_it_lets_nobody_send() {
        for (var answer : List.of("550 5.7.1 not from here", "530 5.7.0 log in", "451 later", "421 closing")) {
            // Given
            server.on("MAIL", to -> to.write(answer + "\r\n"));

            // Then
            assertThat(retry(send(delivery())).failure()).as(answer).isEqualTo(FailureKind.PROVIDER_ERROR);
        }
    }

    @Test
    void a_mail_that_is_too_large_for_the_server_is_the_mails_trouble() {
        // Given
        server.on("EHLO", to -> to.write("250-mail.example.com\r\n250 SIZE 10\r\n"));

        // Then
        assertThat(send(delivery()))
                .isEqualTo(new Refused(FailureKind.REJECTED, "larger than the mail server accepts"));
    }

    @Test
    void a_server_that_is_not_there_was_not_sent_anything() {
        // Given
        open();
        server.close();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(retry(outcome).failure()).isEqualTo(FailureKind.PROVIDER_ERROR);
    }

    private DeliveryOutcome sendBy(Gateway gateway) {
        return gateway.send(TestDeliveries.leased(delivery(), 1, clock.instant()))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void every_line_ends_as_mail_lines_do() {
        // Given
        takes();

        // When
        send(TestDeliveries.mail(
                "a long one with ümlauts ".repeat(50).trim(),
                "one\ntwo\rthree\r\nfour\n.\n",
                "<p>one\ntwo\rthree</p>",
                null));

        // Then
        assertThat(server.mails()).hasSize(1);
        assertThat(server.mails().get(0).replace("\r\n", ""))
                .doesNotContain("\n")
                .doesNotContain("\r");
        assertThat(server.mails().get(0).lines()).allMatch(line -> line.length() <= 998);
    }
}
