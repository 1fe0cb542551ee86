package dev.carillon.delivery.email;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.NotTried;
import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.email.MailWire.Underway;
import dev.carillon.platform.value.EmailAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Sends mail through a mail server: plain text, with HTML beside it if there is some. */
class SmtpGateway implements Gateway {

    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(12);
    /** How the client begins to say that a mail has more bytes than the server has said it takes. */
    private static final String TOO_LARGE = "message exceeds allowed size limit";

    /** After this many of its own timeouts, a mail without a reply counts as dropped by the server, too. */
    private static final int ABANDONED = 3;

    private final MailWire wire = new MailWire();
    private final MailClient client;
    private final Context context;
    private final EmailFrom from;
    private final Duration timeout;
    private final SmtpConnections connections;

    /** @param opening makes the client over the Vert.x that it is given */
    SmtpGateway(
            Vertx vertx,
            Function<Vertx, MailClient> opening,
            EmailFrom from,
            Duration timeout,
            SmtpConnections connections) {
        this.client = opening.apply(wire.under(vertx));
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.from = from;
        this.timeout = timeout;
        this.connections = connections;
    }

    @Override
    public int free() {
        return connections.free();
    }

    /**
     * The mail client cannot be cancelled: an overdue mail keeps its connection, which is not counted as free before it
     * really is.
     */
    @Override
    public Uni<DeliveryOutcome> send(LeasedDelivery leased) {
        if (free() <= 0) {
            return Uni.createFrom().item(new NotTried("no connection to the mail server is free"));
        }
        var messageId = messageId(leased.delivery());
        var mail = mail(
                leased.delivery(),
                messageId); // before a connection is taken: what cannot be written would never let go of it
        var underway = wire.begins(messageId);
        var taken = connections.take();
        var sending = send(mail).onComplete(ended -> {
            taken.release();
            wire.ended(messageId, underway);
        });
        return Uni.createFrom()
                .completionStage(sending::toCompletionStage)
                .<DeliveryOutcome>map(result -> new Sent(messageId))
                .ifNoItem()
                .after(timeout)
                .recoverWithItem(() -> {
                    releaseAfter(timeout.multipliedBy(ABANDONED), taken);
                    return unanswered("no answer from the mail server in time", underway);
                })
                .onFailure()
                .recoverWithItem(failure -> outcome(failure, leased.attempt(), underway));
    }

    /**
     * Sends on one event loop: the client looks for an idle connection on the current loop, and makes a new one before
     * it looks further.
     */
    private Future<MailResult> send(MailMessage mail) {
        var sending = Promise.<MailResult>promise();
        context.runOnContext(now ->
                Future.<MailResult>future(ended -> client.sendMail(mail, ended)).onComplete(sending));
        return sending.future();
    }

    /**
     * Frees the connection of a server that has been silent for this long: else a few such connections would stop all
     * mail.
     */
    private static void releaseAfter(Duration pause, SmtpConnections.Taken taken) {
        Uni.createFrom().voidItem().onItem().delayIt().by(pause).subscribe().with(passed -> taken.release());
    }

    /** The same in every attempt, so that a mailbox that gets a mail twice can see that it is one. */
    private String messageId(Delivery delivery) {
        return "<" + delivery.id() + "@" + from.domain() + ">";
    }

    private MailMessage mail(Delivery delivery, String messageId) {
        var mail = new MailMessage()
                .setFrom(from.address())
                .setTo(EmailAddress.canonical(delivery.recipient()))
                .setText(lines(delivery.text()))
                .setHtml(delivery.html() == null ? null : lines(delivery.html()))
                .addHeader("Message-ID", messageId)
                .addHeader(
                        "From",
                        from.name() == null
                                ? from.address()
                                : EncodedWords.always(from.name()) + " <" + from.address() + ">");
        if (delivery.subject() != null) {
            mail.addHeader("Subject", EncodedWords.of(delivery.subject()));
        }
        if (from.replyTo() != null) {
            mail.addHeader("Reply-To", from.replyTo());
        }
        MailHeaders.of(delivery).forEach(mail::addHeader);
        return mail;
    }

    /**
     * Uses one kind of line end: in a text that needs encoding, the client would turn a CRLF into an encoded CR and a
     * line end.
     */
    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private DeliveryOutcome outcome(Throwable failure, int attempt, Underway mail) {
        var reply = failure instanceof SMTPException said ? SmtpReply.of(said) : Optional.<SmtpReply>empty();
        boolean refused = reply.map(SmtpReply::refusesTheConnection)
                .orElse(failure instanceof ConnectException && wire.working() > 0);
        if (refused && connections.refused(wire.working())) {
            return new NotTried("the mail server accepts no more connections");
        }
        if (reply.isPresent()) {
            return outcome(reply.get(), attempt);
        }
        return String.valueOf(failure.getMessage()).startsWith(TOO_LARGE)
                ? new Refused(FailureKind.REJECTED, "larger than the mail server accepts")
                : unanswered(words(failure), mail);
    }

    /** Whether it can have gone out decides whether another provider may be asked. */
    private static RetryLater unanswered(String what, Underway mail) {
        return mail.giveUp()
                ? new RetryLater(FailureKind.PROVIDER_ERROR, what + ", before the mail was sent", null)
                : new RetryLater(FailureKind.OUTCOME_UNKNOWN, what, null);
    }

    /** The client's own messages quote nobody; other exceptions' messages may. */
    private static String words(Throwable failure) {
        var said = String.valueOf(failure.getMessage());
        if (said.startsWith("login is required")) {
            return "the mail server offers no login that we may use";
        }
        if (said.startsWith("STARTTLS required")) {
            return "the mail server offers no STARTTLS";
        }
        return "the connection to the mail server broke: "
                + (failure instanceof SMTPException
                        ? "no reply of a mail server"
                        : failure.getClass().getSimpleName());
    }

    /**
     * A temporary refusal of the recipient (greylisting, a full mailbox) is retried in minutes, and concerns nobody
     * else.
     */
    private static DeliveryOutcome outcome(SmtpReply reply, int attempt) {
        if (reply.isTheServers()) {
            return new RetryLater(FailureKind.PROVIDER_ERROR, reply.codes(), null);
        }
        return reply.isPermanent()
                ? new Refused(FailureKind.REJECTED, reply.codes(), reply.block())
                : new RetryLater(FailureKind.RATE_LIMITED, reply.codes(), askedAgainIn(attempt));
    }

    /** 5 min, 10 min, 20 min … 12 h: in all, two days. */
    private static Duration askedAgainIn(int attempt) {
        var pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(Math.max(attempt - 1, 0), 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
