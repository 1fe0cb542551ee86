package dev.carillon.delivery.email;

import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.ProvidedChannel;
import dev.carillon.delivery.Providers;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The email channel. */
@Singleton
class EmailChannel extends ProvidedChannel {

    static final String NAME = "email";

    EmailChannel(Providers providers) {
        super(NAME, providers);
    }

    @Override
    protected @Nullable String unfit(Parcel parcel) {
        if (!EmailAddress.isOne(parcel.recipient())) {
            return "not an email address";
        }
        return MailHeaders.isFit(parcel.unsubscribeUrl()) ? null : "the unsubscribe address is not an https one";
    }
}
