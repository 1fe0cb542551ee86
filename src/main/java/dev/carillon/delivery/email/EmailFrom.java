package dev.carillon.delivery.email;

import dev.carillon.delivery.RequiredSetting;
import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** Who mail comes from. */
record EmailFrom(String address, @Nullable String name, @Nullable String replyTo) {

    private static final String KEY = "carillon.delivery.email.from";
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}<>()@\"\\\\]{1,100}");

    /** @throws IllegalStateException naming the key, when it is not set or is no plain address */
    static EmailFrom of(EmailSettings settings) {
        var from = RequiredSetting.of(settings.from(), KEY);
        if (!EmailAddress.isOne(from)) {
            throw new IllegalStateException(KEY + " is no plain email address");
        }
        settings.replyTo().filter(address -> !EmailAddress.isOne(address)).ifPresent(broken -> {
            throw new IllegalStateException("carillon.delivery.email.reply-to is no plain email address");
        });
        settings.fromName().filter(name -> !NAME.matcher(name).matches()).ifPresent(broken -> {
            throw new IllegalStateException("carillon.delivery.email.from-name has a character that no name has");
        });
        return new EmailFrom(from, settings.fromName().orElse(null), settings.replyTo().orElse(null));
    }

    String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
