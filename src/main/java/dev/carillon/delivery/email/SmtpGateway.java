package dev.carillon.delivery.email;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.Parcel;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.mutiny.ext.mail.MailClient;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;

/** Hands mail to a mail server: plain text, and HTML beside it where there is some. */
class SmtpGateway implements Gateway {

    private final MailClient client;
    private final EmailFrom from;
    private final Duration timeout;

    SmtpGateway(MailClient client, EmailFrom from, Duration timeout) {
        this.client = client;
        this.from = from;
        this.timeout = timeout;
    }

    @Override
    public Uni<DeliveryOutcome> send(LeasedParcel leased) {
        var messageId = messageId(leased.parcel());
        return client.sendMail(mail(leased.parcel(), messageId))
                .<DeliveryOutcome>map(result -> new Sent(messageId))
                .ifNoItem().after(timeout)
                .recoverWithItem(() -> new RetryLater(FailureKind.OUTCOME_UNKNOWN, "no answer from the mail server in time", null))
                .onFailure().recoverWithItem(SmtpGateway::outcome);
    }

    /** The same in every attempt, so that a mailbox that gets a mail twice can see that it is one. */
    private String messageId(Parcel parcel) {
        return "<" + parcel.id() + "@" + from.domain() + ">";
    }

    private MailMessage mail(Parcel parcel, String messageId) {
        var mail = new MailMessage()
                .setFrom(from.address())
                .setTo(parcel.recipient())
                .setText(lines(parcel.text()))
                .setHtml(parcel.html() == null ? null : lines(parcel.html()))
                .addHeader("Message-ID", messageId)
                .addHeader("From", from.name() == null ? from.address() : EncodedWords.always(from.name()) + " <" + from.address() + ">");
        if (parcel.subject() != null) {
            mail.addHeader("Subject", EncodedWords.of(parcel.subject()));
        }
        if (from.replyTo() != null) {
            mail.addHeader("Reply-To", from.replyTo());
        }
        OneClick.headers(parcel.unsubscribeUrl()).forEach(mail::addHeader);
        return mail;
    }

    /** One kind of line end: of a CRLF in a text that needs encoding the client would make an encoded CR and a line end. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** A server's words quote addresses: only its codes are kept. */
    private static DeliveryOutcome outcome(Throwable failure) {
        if (failure instanceof SMTPException said && isReply(said)) {
            var detail = "SMTP " + said.getReplyCode();
            return said.isPermanent() ? new Refused(FailureKind.REJECTED, detail) : new RetryLater(FailureKind.PROVIDER_ERROR, detail, null);
        }
        var cause = failure instanceof SMTPException ? "no reply of a mail server" : failure.getClass().getSimpleName();
        return failure instanceof ConnectException || failure instanceof UnknownHostException
                ? new RetryLater(FailureKind.PROVIDER_ERROR, cause, null)
                : new RetryLater(FailureKind.OUTCOME_UNKNOWN, "the connection to the mail server broke: " + cause, null);
    }

    /** Of what is no reply at all the client says it was a 500. */
    private static boolean isReply(SMTPException said) {
        return said.getReplyMessages().stream().findFirst().filter(line -> line.startsWith(String.valueOf(said.getReplyCode()))).isPresent();
    }
}
