package dev.carillon.delivery.email;

import dev.carillon.delivery.Block;
import io.vertx.ext.mail.SMTPException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail server's refusal: the step it came at, and its codes. The reply's text quotes addresses and is not kept.
 *
 * @param code     of RFC 5321: 450
 * @param enhanced of RFC 3463: 4.7.1; null when the server gives none
 */
record SmtpReply(SmtpStep step, int code, @Nullable String enhanced) {

    /**
     * The SMTP step that failed. A refusal of the recipient or of the mail is about the message; an earlier one is
     * about us or the server.
     */
    enum SmtpStep {
        GREETING,
        CONNECTION,
        SENDER,
        RECIPIENT,
        MAIL
    }

    /** The server ends the conversation, whatever it was about (RFC 5321, 3.8). */
    private static final int CLOSING = 421;
    /** Not logged in, or not well enough (RFC 4954). */
    private static final Set<Integer> AUTHENTICATION = Set.of(530, 534, 535, 538);

    private static final int TOO_MUCH = 552;
    /** Mailbox busy, mail not accepted yet, mailbox full. */
    private static final Set<Integer> LATER = Set.of(450, 451, 452);

    /**
     * The address is permanently invalid: no such mailbox, domain or syntax, moved away, a domain that takes no mail
     * (RFC 7505), a closed mailbox. 5.1.0 is not one of them, because it may be about the sender; nor is 5.2.2, which
     * is temporary, or anything of 5.7.
     */
    private static final Set<String> NOBODY_THERE = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1");

    /** In a reply of several lines each has the code, or the first, or the last. */
    private static final Pattern LINE =
            Pattern.compile("[245][0-9]{2}[ -]#?([245]\\.[0-9]{1,3}\\.[0-9]{1,3})(?![0-9.]).*", Pattern.DOTALL);

    /** Empty for what is no reply at all: the client calls that a 500. */
    static Optional<SmtpReply> of(SMTPException said) {
        var lines = said.getReplyMessages();
        return lines.isEmpty() || !lines.get(0).startsWith(String.valueOf(said.getReplyCode()))
                ? Optional.empty()
                : Optional.of(new SmtpReply(
                        step(said),
                        said.getReplyCode(),
                        lines.stream()
                                .map(LINE::matcher)
                                .filter(line -> line.matches()
                                        && line.group(1).charAt(0)
                                                == lines.get(0).charAt(0))
                                .map(line -> line.group(1))
                                .findFirst()
                                .orElse(null)));
    }

    /** The mail client reports the step only in its message text. */
    private static SmtpStep step(SMTPException said) {
        var words = String.valueOf(said.getMessage());
        return words.startsWith("recipient address not accepted")
                ? SmtpStep.RECIPIENT
                : words.startsWith("DATA command not accepted") || words.startsWith("sending data failed")
                        ? SmtpStep.MAIL
                        : words.startsWith("sender address not accepted")
                                ? SmtpStep.SENDER
                                : words.startsWith("got error response") ? SmtpStep.GREETING : SmtpStep.CONNECTION;
    }

    /**
     * Whether the server closes this connection, whatever it does with others: some greet every client and send some
     * away with the next reply.
     */
    boolean refusesTheConnection() {
        return step == SmtpStep.GREETING || step == SmtpStep.CONNECTION && code == CLOSING;
    }

    /** Whether the reply is about us or the server, so that the next mail would get it too. */
    boolean isTheServers() {
        if (code == CLOSING || AUTHENTICATION.contains(code)) {
            return true;
        }
        return switch (step) {
            case GREETING, CONNECTION -> true;
            case SENDER -> !tooMuch();
            case RECIPIENT -> false;
            case MAIL ->
                code < 500
                        && (enhanced == null
                                ? !LATER.contains(code)
                                : enhanced.startsWith("4.3.") || enhanced.startsWith("4.4."));
        };
    }

    boolean isPermanent() {
        return code >= 500;
    }

    /** What the reply says about the address, whatever the mail. */
    @Nullable
    Block block() {
        return isPermanent()
                        && (step == SmtpStep.RECIPIENT || step == SmtpStep.MAIL)
                        && enhanced != null
                        && NOBODY_THERE.contains(enhanced)
                ? Block.BOUNCE
                : null;
    }

    /** The codes to be stored: {@code SMTP 550 5.1.1}. */
    String codes() {
        return "SMTP " + code + (enhanced == null ? "" : " " + enhanced);
    }

    private boolean tooMuch() {
        return code == TOO_MUCH || "5.3.4".equals(enhanced);
    }
}
