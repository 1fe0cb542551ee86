package dev.carillon.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Block;
import io.vertx.ext.mail.SMTPException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose fault a no of a mail server is, and what it says of the address. */
class SmtpReplyTest {

    private static final String RECIPIENT = "recipient address not accepted";

    @ParameterizedTest
    @CsvSource({
        "got error response,             421 4.7.0 too many connections",
        "got error response,             554 no SMTP service here",
        "HELO failed.,                   501 5.5.4 what is your name",
        "AUTH PLAIN failed,              535 5.7.8 wrong password",
        "AUTH PLAIN failed,              454 4.7.0 later",
        "sender address not accepted,    451 4.3.0 later",
        "sender address not accepted,    452 4.3.1 disk full",
        "sender address not accepted,    550 5.7.1 not from here",
        "sender address not accepted,    530 5.7.0 authenticate first",
        "recipient address not accepted, 421 4.3.2 shutting down",
        "recipient address not accepted, 530 5.7.0 authenticate first",
        "DATA command not accepted,      421 closing",
        "sending data failed,            451 4.3.0 queue file write error",
        "sending data failed,            451 4.4.1 no answer from host",
        "sending data failed,            454 TLS not available",
    })
    void some_are_about_us_or_the_server(String step, String said) {
        assertThat(reply(step, said).isTheServers()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "got error response,             421 4.7.0 too many connections, true",
        "got error response,             450 busy,                       true",
        "got error response,             554 5.7.1 too many,             true",
        "HELO failed.,                   421 4.7.0 too many connections, true",
        "HELO failed.,                   501 5.5.4 what is your name,    false",
        "AUTH PLAIN failed,              535 5.7.8 wrong password,       false",
        "sender address not accepted,    421 4.7.0 too much mail,        false",
        "recipient address not accepted, 421 4.3.2 shutting down,        false",
    })
    void some_are_about_one_connection_of_several(String step, String said, boolean refused) {
        assertThat(reply(step, said).refusesTheConnection()).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        "recipient address not accepted, 450 4.2.0 greylisted",
        "recipient address not accepted, 451 4.7.1 greylisted",
        "recipient address not accepted, 451 come back in five minutes",
        "recipient address not accepted, 451 4.3.0 lookup failed",
        "recipient address not accepted, 452 4.2.2 mailbox full",
        "recipient address not accepted, 452 4.5.3 too many recipients",
        "recipient address not accepted, 450 4.1.8 your domain was not found",
        "recipient address not accepted, 455 later",
        "DATA command not accepted,      450 4.2.0 greylisted",
        "sending data failed,            451 4.7.1 greylisted",
        "sending data failed,            452 4.2.2 mailbox full",
        "sending data failed,            450 later",
        "sending data failed,            451 later",
    })
    void some_are_about_a_recipient_who_is_to_be_waited_for(String step, String said) {
        var reply = reply(step, said);
        assertThat(reply.isTheServers()).isFalse();
        assertThat(reply.isPermanent()).isFalse();
        assertThat(reply.block()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "recipient address not accepted, 550 5.1.1 no such user,                   BOUNCE",
                "recipient address not accepted, 550 5.1.2 no such domain,                 BOUNCE",
                "recipient address not accepted, 501 5.1.3 bad syntax,                     BOUNCE",
                "recipient address not accepted, 551 5.1.6 moved away,                     BOUNCE",
                "recipient address not accepted, 556 5.1.10 null MX,                       BOUNCE",
                "recipient address not accepted, 550 5.2.1 disabled,                       BOUNCE",
                "recipient address not accepted, 550 #5.1.1 no such user,                  BOUNCE",
                "sending data failed,            550 5.1.1 no such user,                   BOUNCE",
                "recipient address not accepted, 550 5.1.0 address rejected,               none",
                "recipient address not accepted, 550 5.1.8 your domain was not found,      none",
                "recipient address not accepted, 550 5.7.1 blocked using a list,           none",
                "recipient address not accepted, 554 5.7.1 your reputation is low (5.1.1), none",
                "recipient address not accepted, 554 blocked because of its reputation,    none",
                "recipient address not accepted, 552 5.2.2 mailbox full,                   none",
                "recipient address not accepted, 550 5.2.10 something else,                none",
                "recipient address not accepted, 550 no such user,                         none",
                "recipient address not accepted, 550 5.1.11 something else,                none",
                "sending data failed,            554 5.7.1 spam,                           none",
                "sender address not accepted,    552 5.3.4 too big,                        none",
            })
    void some_are_for_ever_and_some_of_those_say_that_nobody_is_there(String step, String said, @Nullable Block block) {
        var reply = reply(step, said);
        assertThat(reply.isTheServers()).isFalse();
        assertThat(reply.isPermanent()).isTrue();
        assertThat(reply.block()).isEqualTo(block);
    }

    @ParameterizedTest
    @CsvSource({
        "'550-5.1.1 The email account that you tried to reach does not exist.|550 5.1.1 Please try again', SMTP 550 5.1.1",
        "'550-5.7.1 Blocked.|550 5.7.1 See 5.1.1',                                                         SMTP 550 5.7.1",
        "'550-The mailbox is gone|550 5.2.1 disabled',                                                     SMTP 550 5.2.1",
        "'451-4.7.1 Greylisted|451 Come back',                                                             SMTP 451 4.7.1",
        "'450 5.1.1 the digits disagree',                                                                  SMTP 450",
        "'550 mailbox 5.1.1 unavailable',                                                                  SMTP 550",
    })
    void of_several_lines_the_first_code_counts_and_no_word_is_kept(String lines, String codes) {
        assertThat(reply(RECIPIENT, lines.split("\\|")).codes()).isEqualTo(codes);
    }

    @ParameterizedTest
    @CsvSource({"recipient address not accepted, HTTP/1.1 200 OK", "sending data failed, ''"})
    void what_is_no_reply_is_none(String step, String said) {
        assertThat(SmtpReply.of(new SMTPException(step, 500, List.of(said), false)))
                .isEmpty();
    }

    private static SmtpReply reply(String step, String... lines) {
        return SmtpReply.of(new SMTPException(step, Integer.parseInt(lines[0].substring(0, 3)), List.of(lines), true))
                .orElseThrow();
    }
}
