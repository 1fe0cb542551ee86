package dev.carillon.delivery.email;

import static org.awaitility.Awaitility.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.Parcels;
import dev.carillon.delivery.ProviderContractTest;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.mail.MailConfig;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.mail.MailClient;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import java.util.concurrent.CopyOnWriteArrayList;
import dev.carillon.delivery.DeliveryOutcome.Sent;

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
        var client = MailClient.create(Vertx.newInstance(vertx), new MailConfig().setHostname("127.0.0.1").setPort(server.port()).setOwnHostname("localhost"));
        return new SmtpGateway(client, new EmailFrom("shop@example.com", "The Shop", null), deadline, 10);
    }

    @Override
    protected Parcel parcel() {
        return Parcels.parcel("email", 1);
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
        server.on(ScriptedMailServer.MAIL_ENDED, to -> { });
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
        server.on(ScriptedMailServer.MAIL_ENDED, to -> vertx.setPeriodic(100, timer -> to.write("2").onFailure(gone -> vertx.cancelTimer(timer))));
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
        return server.mails().stream().map(mail -> MESSAGE_ID.matcher(mail).results().findFirst().orElseThrow().group(1)).toList();
    }

    @Test
    void no_mail_waits_for_a_connection_inside_the_client() {
        // Given
        var client = MailClient.create(Vertx.newInstance(vertx), new MailConfig().setHostname("127.0.0.1").setPort(server.port()).setOwnHostname("localhost").setMaxPoolSize(2));
        var gateway = new SmtpGateway(client, new EmailFrom("shop@example.com", "The Shop", null), Duration.ofSeconds(30), 2);
        var held = new CopyOnWriteArrayList<NetSocket>();
        server.on("RCPT", held::add);
        var first = gateway.send(Parcels.leased(parcel(), 1, clock.instant())).subscribeAsCompletionStage();
        var second = gateway.send(Parcels.leased(parcel(), 1, clock.instant())).subscribeAsCompletionStage();
        int left = gateway.free();

        // When
        var third = gateway.send(Parcels.leased(parcel(), 1, clock.instant())).await().atMost(Duration.ofSeconds(30));

        // Then
        assertThat(left).isZero();
        assertThat(third).isEqualTo(new RetryLater(FailureKind.RATE_LIMITED, "no connection to the mail server is free", null));
        await().until(() -> held.size() == 2);
        server.takeEverything();
        held.forEach(to -> to.write("250 OK\r\n"));
        assertThat(List.of(first.join(), second.join())).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Sent.class));
        await().until(() -> gateway.free() == 2);
        assertThat(server.mails()).hasSize(2);
    }

    @Test
    void a_mail_that_cannot_be_written_takes_no_connection() {
        var gateway = open();
        int before = gateway.free();

        assertThatThrownBy(() -> gateway.send(Parcels.leased(Parcels.mail("Hello", null, null, null), 1, clock.instant()))).isInstanceOf(NullPointerException.class);

        assertThat(gateway.free()).isEqualTo(before);
    }

    @Test
    void a_refusal_is_kept_with_its_code() {
        // Given
        refuses();

        // When
        var outcome = send(parcel());

        // Then
        assertThat(outcome).isEqualTo(new Refused(FailureKind.REJECTED, "SMTP 550 5.1.1", Block.BOUNCE));
    }

    @Test
    void who_is_not_taken_yet_is_asked_for_again_in_minutes_each_time_later() {
        // Given
        server.on("RCPT", to -> to.write("451 4.7.1 greylisted\r\n"));

        // Then
        assertThat(IntStream.rangeClosed(1, 12).mapToObj(attempt -> retry(open().send(Parcels.leased(parcel(), attempt, clock.instant())).await().indefinitely())))
                .allMatch(later -> later.failure() == FailureKind.RATE_LIMITED).extracting(RetryLater::after)
                .containsExactly(Stream.of("5m", "10m", "20m", "40m", "80m", "160m", "320m", "640m", "12h", "12h", "12h", "12h")
                        .map(pause -> Duration.parse("PT" + pause)).toArray(Duration[]::new));
    }

    @Test
    void whom_the_server_does_not_let_send_it_lets_nobody_send() {
        for (var answer : List.of("550 5.7.1 not from here", "530 5.7.0 log in", "451 later", "421 closing")) {
            // Given
            server.on("MAIL", to -> to.write(answer + "\r\n"));

            // Then
            assertThat(retry(send(parcel())).failure()).as(answer).isEqualTo(FailureKind.PROVIDER_ERROR);
        }
    }

    @Test
    void a_mail_that_is_too_large_for_the_server_is_the_mails_trouble() {
        // Given
        server.on("EHLO", to -> to.write("250-mail.example.com\r\n250 SIZE 10\r\n"));

        // Then
        assertThat(send(parcel())).isEqualTo(new Refused(FailureKind.REJECTED, "larger than the mail server takes"));
    }

    @Test
    void a_server_that_is_not_there_was_not_sent_anything() {
        // Given
        open();
        server.close();

        // When
        var outcome = send(parcel());

        // Then
        assertThat(retry(outcome).failure()).isEqualTo(FailureKind.PROVIDER_ERROR);
    }

    @Test
    void every_line_ends_as_mail_lines_do() {
        // Given
        takes();

        // When
        send(Parcels.mail("a long one with ümlauts ".repeat(50).trim(), "one\ntwo\rthree\r\nfour\n.\n", "<p>one\ntwo\rthree</p>", null));

        // Then
        assertThat(server.mails()).hasSize(1);
        assertThat(server.mails().get(0).replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        assertThat(server.mails().get(0).lines()).allMatch(line -> line.length() <= 998);
    }
}
