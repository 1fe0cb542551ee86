package dev.carillon.delivery.email;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.platform.value.EmailAddress;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The email channel. */
@Singleton
class EmailChannel extends ProvidedChannel {

    /** A line of a mail has at most 998 (RFC 5322), and this one begins with its name. */
    private static final int LONGEST_SUBJECT = 998 - "Subject: ".length();

    static final String NAME = "email";

    EmailChannel(Providers providers) {
        super(NAME, providers);
    }

    @Override
    public List<SizeLimit> sizeLimits() {
        return List.of(new SizeLimit(
                SizeLimit.Part.SUBJECT,
                LONGEST_SUBJECT,
                "bytes of subject",
                message -> message.subject().getBytes(StandardCharsets.UTF_8).length));
    }

    @Override
    protected @Nullable String unfit(Delivery delivery) {
        if (!EmailAddress.isOne(delivery.recipient())) {
            return "not an email address";
        }
        return MailHeaders.isFit(delivery.unsubscribeUrl()) ? null : "the unsubscribe address is not an https one";
    }
}
