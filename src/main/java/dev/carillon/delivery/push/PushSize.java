package dev.carillon.delivery.push;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.delivery.SizeLimit.Part;
import dev.carillon.delivery.SizeLimit.SizedMessage;
import dev.carillon.delivery.httpclient.HttpCall;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * The size limit of Apple and Google: 4,096 bytes of payload. It measures the JSON as it is sent, for whichever of the
 * two needs more, so a device can move between them. The title leaves room for the text.
 */
final class PushSize {

    private static final int PAYLOAD = 4_096;
    private static final int TITLE = 1_024;
    private static final URI NOWHERE = URI.create("https://localhost/");
    private static final String ID = "0".repeat(26);
    private static final Instant LATE = Instant.parse("2099-12-31T23:59:59Z");

    static final List<SizeLimit> LIMITS = List.of(
            new SizeLimit(
                    Part.SUBJECT,
                    TITLE,
                    "bytes of title",
                    message ->
                            bytes(new SizedMessage("", message.subject(), "")) - bytes(new SizedMessage("", "", ""))),
            new SizeLimit(Part.TEXT, PAYLOAD, "bytes of payload", PushSize::bytes));

    private PushSize() {}

    /** Measured with everything a notification may have. */
    private static int bytes(SizedMessage message) {
        var delivery = new Delivery(
                ID, "", ID, "", message.recipient(), message.subject(), message.text(), null, 1, LATE, null, null);
        return Math.max(
                HttpCall.json(NOWHERE, Fcm.body(delivery, Fcm.LONGEST_LIFE.toSeconds()))
                        .body()
                        .length(),
                HttpCall.json(NOWHERE, Apns.notification(delivery)).body().length());
    }
}
