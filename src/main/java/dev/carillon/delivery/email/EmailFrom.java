package dev.carillon.delivery.email;

import dev.carillon.delivery.OneLine;
import dev.carillon.delivery.Provider;
import dev.carillon.platform.value.EmailAddress;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.jspecify.annotations.Nullable;

/** The sender of mail. */
record EmailFrom(
        String address, @Nullable String name, @Nullable String replyTo) {

    private static final String KEY = "carillon.delivery.email.from";
    private static final int LONGEST_NAME = 100;

    /** @throws ConfigurationException naming the key, when it is not set or is no plain address */
    static EmailFrom of(EmailSettings settings) {
        var from = Provider.required(settings.from(), KEY);
        if (!EmailAddress.isOne(from)) {
            throw new ConfigurationException(KEY + " is no plain email address");
        }
        settings.replyTo().filter(address -> !EmailAddress.isOne(address)).ifPresent(broken -> {
            throw new ConfigurationException("carillon.delivery.email.reply-to is no plain email address");
        });
        settings.fromName()
                .filter(name ->
                        OneLine.breaks(name) || name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME)
                .ifPresent(broken -> {
                    throw new ConfigurationException(
                            "carillon.delivery.email.from-name is no name: one line, of at most " + LONGEST_NAME
                                    + " characters");
                });
        return new EmailFrom(
                EmailAddress.canonical(from),
                settings.fromName().orElse(null),
                settings.replyTo().map(EmailAddress::canonical).orElse(null));
    }

    String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
