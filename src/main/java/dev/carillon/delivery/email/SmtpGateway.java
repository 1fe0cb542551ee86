package dev.carillon.delivery.email;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.Parcel;
import dev.carillon.platform.address.EmailAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.mutiny.ext.mail.MailClient;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands mail to a mail server: plain text, and HTML beside it where there is some. */
class SmtpGateway implements Gateway {

    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(12);
    /** How the client begins to say that a mail has more bytes than the server has said it takes. */
    private static final String TOO_LARGE = "message exceeds allowed size limit";

    /** So many timeouts after its own a mail that had no answer counts as given up by the server, too. */
    private static final int ABANDONED = 3;

    private final MailClient client;
    private final EmailFrom from;
    private final Duration timeout;
    private final Connections connections;

    /** @param connections how many the client has at most */
    SmtpGateway(MailClient client, EmailFrom from, Duration timeout, int connections) {
        this.client = client;
        this.from = from;
        this.timeout = timeout;
        this.connections = new Connections(connections);
    }

    @Override
    public int free() {
        return connections.free();
    }

    /** The client cannot be told to give up: what is overdue keeps its connection, and is not counted as free before it is. */
    @Override
    public Uni<DeliveryOutcome> send(LeasedParcel leased) {
        if (free() <= 0) {
            return Uni.createFrom().item(new RetryLater(FailureKind.RATE_LIMITED, "no connection to the mail server is free", null));
        }
        var messageId = messageId(leased.parcel());
        var mail = mail(leased.parcel(), messageId);         // before a connection is taken: what cannot be written would never let go of it
        var taken = connections.take();
        var sending = client.getDelegate().sendMail(mail).onComplete(ended -> taken.release());
        return Uni.createFrom().completionStage(sending::toCompletionStage)
                .<DeliveryOutcome>map(result -> new Sent(messageId))
                .ifNoItem().after(timeout)
                .recoverWithItem(() -> {
                    taken.releaseAfter(timeout.multipliedBy(ABANDONED));
                    return new RetryLater(FailureKind.OUTCOME_UNKNOWN, "no answer from the mail server in time", null);
                })
                .onFailure().recoverWithItem(failure -> outcome(failure, leased.attempt()));
    }

    /** The client's connections, of which each mail on its way has one. */
    private static final class Connections {

        private final AtomicInteger free;

        Connections(int most) {
            this.free = new AtomicInteger(most);
        }

        int free() {
            return free.get();
        }

        Taken take() {
            free.decrementAndGet();
            return new Taken();
        }

        private final class Taken {

            private final AtomicBoolean released = new AtomicBoolean();

            void release() {
                if (released.compareAndSet(false, true)) {
                    free.incrementAndGet();
                }
            }

            /** Of a server that says nothing for so long we try another connection: else a few such would end all mail. */
            void releaseAfter(Duration pause) {
                Uni.createFrom().voidItem().onItem().delayIt().by(pause).subscribe().with(passed -> release());
            }
        }
    }

    /** The same in every attempt, so that a mailbox that gets a mail twice can see that it is one. */
    private String messageId(Parcel parcel) {
        return "<" + parcel.id() + "@" + from.domain() + ">";
    }

    private MailMessage mail(Parcel parcel, String messageId) {
        var mail = new MailMessage()
                .setFrom(from.address())
                .setTo(EmailAddress.canonical(parcel.recipient()))
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
        MailHeaders.of(parcel).forEach(mail::addHeader);
        return mail;
    }

    /** One kind of line end: of a CRLF in a text that needs encoding the client would make an encoded CR and a line end. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static DeliveryOutcome outcome(Throwable failure, int attempt) {
        if (failure instanceof SMTPException said) {
            return SmtpReply.of(said).map(reply -> outcome(reply, attempt))
                    .orElseGet(() -> new RetryLater(FailureKind.OUTCOME_UNKNOWN, "the connection to the mail server broke: no reply of a mail server", null));
        }
        if (String.valueOf(failure.getMessage()).startsWith(TOO_LARGE)) {
            return new Refused(FailureKind.REJECTED, "larger than the mail server takes");
        }
        var cause = failure.getClass().getSimpleName();
        return failure instanceof ConnectException || failure instanceof UnknownHostException
                ? new RetryLater(FailureKind.PROVIDER_ERROR, cause, null)
                : new RetryLater(FailureKind.OUTCOME_UNKNOWN, "the connection to the mail server broke: " + cause, null);
    }

    /** A recipient who is not taken yet (greylisting, a full mailbox) is asked for again in minutes, and is nobody else's trouble. */
    private static DeliveryOutcome outcome(SmtpReply reply, int attempt) {
        if (reply.isTheServers()) {
            return new RetryLater(FailureKind.PROVIDER_ERROR, reply.codes(), null);
        }
        return reply.isPermanent() ? new Refused(FailureKind.REJECTED, reply.codes(), reply.block())
                : new RetryLater(FailureKind.RATE_LIMITED, reply.codes(), askedAgainIn(attempt));
    }

    /** 5 min, 10 min, 20 min … 12 h: in all, two days. */
    private static Duration askedAgainIn(int attempt) {
        var pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(Math.max(attempt - 1, 0), 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
