package dev.carillon.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.TestProviders;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.mutiny.core.Vertx;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives, as somebody else's mail parser reads it. */
class MailTest {

    private static final String STOP = "https://example.com/stop/token-1?a=b&c=d";
    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final List<String> ALWAYS = List.of(
            "Auto-Submitted",
            "MIME-Version",
            "Message-ID",
            "Date",
            "From",
            "To",
            "Reply-To",
            "Subject",
            "Content-Type");
    /** What the receiving server puts on top. */
    private static final List<String> TRANSPORT = List.of("Return-Path", "Received");

    private static Vertx vertx;
    private static Channel email;

    @BeforeAll
    static void aMailServerAndAChannel() {
        SERVER.start();
        vertx = Vertx.vertx();
        var gateway = gateway(new EmailFrom("shop@example.com", "Läden & Söhne, Inc", "help@example.com"));
        email = new EmailChannel(TestProviders.only("email", gateway));
    }

    @AfterAll
    static void nothing() {
        vertx.closeAndAwait();
        SERVER.stop();
    }

    private static SmtpGateway gateway(EmailFrom from) {
        var config = new MailConfig()
                .setHostname("127.0.0.1")
                .setPort(SERVER.getSmtp().getPort())
                .setOwnHostname("localhost");
        return new SmtpGateway(
                vertx.getDelegate(),
                over -> MailClient.create(over, config),
                from,
                Duration.ofSeconds(30),
                new SmtpConnections(10, Clock.systemUTC()));
    }

    @BeforeEach
    void emptyMailboxes() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
    }

    @Test
    void text_and_html_arrive_as_alternatives_of_one_another() throws Exception {
        // Given
        var delivery = TestDeliveries.mail(
                "Ihre Bestellung ist unterwegs – €5 Ersparnis 🎉", "Grüße\n.\nEnde", "<p>Grüße &amp; €</p>", STOP);

        // When
        var outcome = send(delivery);

        // Then
        var mail = onlyMail();
        assertThat(outcome).isEqualTo(new Sent("<" + delivery.id() + "@example.com>"));
        assertThat(mail.getMessageID()).isEqualTo("<" + delivery.id() + "@example.com>");
        assertThat(mail.getSubject()).isEqualTo("Ihre Bestellung ist unterwegs – €5 Ersparnis 🎉");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
        assertThat(text(parts.getBodyPart(0).getContent())).isEqualTo("Grüße\n.\nEnde");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(text(parts.getBodyPart(1).getContent())).isEqualTo("<p>Grüße &amp; €</p>");
    }

    @Test
    void it_says_who_it_is_from_and_where_replies_go() throws Exception {
        // When
        send(TestDeliveries.mail("Hello", "Text", null, null));

        // Then
        var from = (InternetAddress) onlyMail().getFrom()[0];
        assertThat(from.getAddress()).isEqualTo("shop@example.com");
        assertThat(from.getPersonal()).isEqualTo("Läden & Söhne, Inc");
        assertThat(onlyMail().getReplyTo()[0]).hasToString("help@example.com");
        assertThat(onlyMail().getAllRecipients()).hasSize(1);
    }

    @Test
    void it_says_that_nobody_wrote_it() throws Exception {
        // When
        send(TestDeliveries.mail("Hello", "Text", null, null));

        // Then
        assertThat(onlyMail().getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The \"Best\" Shop",
                "Shop, Inc",
                "A\\B \\\"",
                "Läden & Söhne",
                "🎉 Party (Ltd) <x@y>",
                "=?utf-8?Q?=41?=",
                "a@b.example",
                "Shop: one; two",
                "'",
                "日本語の店 日本語の店 日本語の店 日本語の店 日本語の店"
            })
    void any_name_it_comes_from_is_read_back_as_it_was_written(String name) throws Exception {
        // Given
        var from = new EmailFrom("shop@example.com", name, null);

        // When
        gateway(from)
                .send(TestDeliveries.leased(TestDeliveries.mail("Hello", "Text", null, null), 1, Instant.EPOCH))
                .await()
                .atMost(Duration.ofSeconds(30));

        // Then
        assertThat(onlyMail().getFrom()).containsExactly(new InternetAddress("shop@example.com", name, "UTF-8"));
        assertThat(((InternetAddress) onlyMail().getFrom()[0]).getPersonal()).isEqualTo(name);
        assertThat(headers(onlyMail())).contains("From").doesNotContain("Reply-To");
    }

    @Test
    void one_click_unsubscribes_where_there_is_something_to_unsubscribe_from() throws Exception {
        // When
        send(TestDeliveries.mail("Sale", "Text", null, STOP));

        // Then
        assertThat(onlyMail().getHeader("List-Unsubscribe")).containsExactly("<" + STOP + ">");
        assertThat(onlyMail().getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(headers(onlyMail()))
                .isEqualTo(expected("List-Unsubscribe", "List-Unsubscribe-Post", "Content-Transfer-Encoding"));
    }

    @Test
    void without_it_there_are_the_headers_of_any_mail() throws Exception {
        // When
        send(TestDeliveries.mail("Shipped", "Text", "<p>Text</p>", null));

        // Then
        assertThat(headers(onlyMail())).isEqualTo(expected());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hi\r\nBcc: evil@example.com",
                "hi\nBcc: evil@example.com",
                "hi\rBcc: evil@example.com",
                "hi\u0000",
                "hi\u0085there",
                "hi\u2028there"
            })
    void a_subject_of_more_than_one_line_is_refused(String subject) {
        // When
        var outcome = send(TestDeliveries.mail(subject, "Text", null, null));

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.detail()).isEqualTo("the subject has a control character"));
        assertThat(SERVER.getReceivedMessages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.com\r\nBcc: evil@example.com",
                "a@example.com, evil@example.com",
                "Alice <a@example.com>",
                "a@example.com\u0000",
                "a",
                "",
                "@example.com",
                "a@",
                "a b@example.com",
                "a@b@example.com",
                "<a@example.com>",
                "a@example.com;evil@example.com"
            })
    void what_is_not_one_address_is_refused_and_not_quoted(String address) {
        // When
        var outcome = send(TestDeliveries.to("email", address, "Text", null));

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.detail()).doesNotContain("example"));
        assertThat(SERVER.getReceivedMessages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/>\r\nBcc: evil@example.com",
                "http://example.com/stop",
                "mailto:stop@example.com",
                "https://example.com/a b",
                "https://example.com/>,<https://evil.example",
                "javascript:alert(1)"
            })
    void what_is_no_https_address_is_no_place_to_unsubscribe(String url) {
        // When
        var outcome = send(TestDeliveries.mail("Sale", "Text", null, url));

        // Then
        assertThat(outcome).isInstanceOf(Refused.class);
    }

    @Test
    void whatever_is_in_its_fields_a_mail_has_the_headers_it_should_have_and_one_reader() throws Exception {
        // Given
        var random = new Random(20260301);
        var arrived = 0;

        for (int i = 0; i < 400; i++) {
            var delivery = new Delivery(
                    TestDeliveries.id(),
                    "test-deliveries",
                    TestDeliveries.id(),
                    "email",
                    random.nextInt(3) == 0 ? fuzz(random) + "@example.com" : "someone@example.com",
                    fuzz(random),
                    fuzz(random) + "x",
                    random.nextBoolean() ? fuzz(random) + "y" : null,
                    1,
                    (Instant) null,
                    null,
                    random.nextInt(3) == 0 ? "https://example.com/" + fuzz(random) : null);

            // When
            var outcome = send(delivery);

            // Then
            assertThat(outcome).isInstanceOfAny(Sent.class, Refused.class);
            if (outcome instanceof Sent) {
                arrived++;
                var mail = onlyMail();
                var names = headers(mail);
                names.remove("Content-Transfer-Encoding");
                assertThat(names)
                        .isEqualTo(
                                delivery.unsubscribeUrl() == null
                                        ? expected()
                                        : expected("List-Unsubscribe", "List-Unsubscribe-Post"));
                assertThat(mail.getAllRecipients()).hasSize(1);
                assertThat(mail.getSubject()).isEqualToNormalizingWhitespace(delivery.subject());
                assertThat(plain(mail))
                        .isEqualTo(delivery.text().replace("\r\n", "\n").replace('\r', '\n'));
                SERVER.purgeEmailFromAllMailboxes();
            }
        }
        assertThat(arrived).isGreaterThan(50);
    }

    private static final List<String> SEEDS = List.of(
            "\r\n",
            "\n",
            "\r",
            "\u0000",
            "\u0085",
            "\u2028",
            "\r\nBcc: evil@example.com\r\n",
            "\n.\n",
            "\r\n.\r\n",
            "MAIL FROM:<a@b>",
            ":",
            "<",
            ">",
            ",",
            ";",
            "\"",
            "=?utf-8?Q?=0D=0ABcc:_a?=",
            "=?utf-8?B?DQpCY2M6?=",
            "é",
            "€",
            "🎉",
            "\t",
            "  ",
            "a",
            "order 17",
            "x".repeat(200),
            "--",
            "=",
            "\\",
            "%0d%0aBcc:");

    private static String fuzz(Random random) {
        var text = new StringBuilder();
        // most of what breaks a line is refused at once: let enough through to see what the rest does
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text.append(
                    random.nextInt(4) == 0
                            ? SEEDS.get(random.nextInt(11))
                            : SEEDS.get(10 + random.nextInt(SEEDS.size() - 10)));
        }
        return text.toString();
    }

    private static DeliveryOutcome send(Delivery delivery) {
        return email.send(TestDeliveries.leased(delivery, 1, Instant.EPOCH))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static MimeMessage onlyMail() {
        var mails = SERVER.getReceivedMessages();
        assertThat(mails).hasSize(1);
        return mails[0];
    }

    private static TreeSet<String> headers(MimeMessage mail) throws MessagingException {
        var names = new TreeSet<String>();
        Collections.list(mail.getAllHeaders()).stream()
                .map(Header::getName)
                .filter(name -> !TRANSPORT.contains(name))
                .forEach(name -> assertThat(names.add(name)).as(name + " once").isTrue());
        return names;
    }

    private static TreeSet<String> expected(String... more) {
        var names = new TreeSet<>(ALWAYS);
        names.addAll(List.of(more));
        return names;
    }

    private static String plain(MimeMessage mail) throws MessagingException, IOException {
        return text(
                mail.getContent() instanceof MimeMultipart parts
                        ? parts.getBodyPart(0).getContent()
                        : mail.getContent());
    }

    private static String text(Object content) {
        return content.toString().replace("\r\n", "\n").replaceAll("\n$", "");
    }
}
