package dev.carillon.notification.recipient;

import dev.carillon.notification.preference.Preferences;
import dev.carillon.platform.value.EmailAddress;
import dev.carillon.platform.value.ParsedAddress;
import dev.carillon.platform.value.PhoneNumber;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The internal recipient: notifications that are not for customers go to the addresses of {@code carillon.internal}.
 */
@ApplicationScoped
public class InternalRecipient {

    private static final Map<String, String> SETTINGS =
            Map.of("email", "carillon.internal.email", "sms", "carillon.internal.phone");

    private final Recipient recipient;

    public InternalRecipient(InternalSettings settings) {
        this.recipient = new Recipient(
                "internal",
                "internal",
                kept("carillon.internal.email", settings.email(), EmailAddress::read),
                kept("carillon.internal.phone", settings.phone(), number -> PhoneNumber.read(number, null)),
                null,
                Map.of(),
                1,
                Preferences.NONE);
    }

    /** A wrong setting stops the start. */
    private static @Nullable String kept(
            String setting, Optional<String> address, Function<String, ParsedAddress> read) {
        return address.map(read)
                .map(written -> written.canonical()
                        .orElseThrow(() -> new ConfigurationException(setting + " " + written.problem())))
                .orElse(null);
    }

    public Recipient recipient() {
        return recipient;
    }

    /** The setting that is missing so that any of the channels can be used; empty if one can. */
    public String missing(List<String> channels) {
        return channels.stream().anyMatch(channel -> recipient.address(channel).isPresent())
                ? ""
                : channels.stream()
                        .map(channel ->
                                SETTINGS.getOrDefault(channel, "an internal address for " + channel) + " is not set")
                        .collect(Collectors.joining(", "));
    }
}
