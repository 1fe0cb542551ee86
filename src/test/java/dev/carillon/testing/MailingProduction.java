package dev.carillon.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The packaged service in the profile {@code prod} as {@link Production} has it, but its mail goes over SMTP to a server of the test's,
 * and demo runs are allowed: for what can only be seen in a mail that has really been sent, or really not.
 */
public final class MailingProduction {

    public static final String ADMIN_KEY = Production.ADMIN_KEY;

    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private static PackagedService service;

    private MailingProduction() {}

    public static synchronized PackagedService service() {
        if (service == null) {
            MAIL.start();
            service = start();
        }
        return service;
    }

    /** The first mail to an address; waits until it is there. */
    public static MimeMessage mailTo(String address) {
        Awaitility.await().until(() -> !mailsTo(address).isEmpty());
        return mailsTo(address).get(0);
    }

    public static List<MimeMessage> mailsTo(String address) {
        return Arrays.stream(MAIL.getReceivedMessagesForDomain(address)).toList();
    }

    /** Everybody who has been sent something. */
    public static List<String> recipients() throws MessagingException {
        var recipients = new ArrayList<String>();
        for (var mail : MAIL.getReceivedMessages()) {
            Arrays.stream(mail.getAllRecipients()).map(Address::toString).forEach(recipients::add);
        }
        return recipients;
    }

    private static PackagedService start() {
        return Production.start(
                "mailing-",
                Map.of(
                        "CARILLON_DEMO_ENABLED", "true",
                        "CARILLON_DELIVERY_EMAIL_PROVIDER", "smtp",
                        "CARILLON_DELIVERY_EMAIL_FROM", "shop@carillon.test",
                        "QUARKUS_MAILER_HOST", "127.0.0.1",
                        "QUARKUS_MAILER_PORT", Integer.toString(MAIL.getSmtp().getPort()),
                        "QUARKUS_MAILER_START_TLS", "DISABLED"));
    }
}
