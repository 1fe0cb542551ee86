package dev.carillon.delivery.email;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.StartTLSOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Checks at the start whether mail can be sent with {@code quarkus.mailer} as it is set. The mailer itself reports what
 * is wrong, but not the setting's name.
 */
final class MailerSettings {

    private static final String MAILER = "quarkus.mailer.";
    private static final String DKIM = MAILER + "dkim.";
    private static final int LAST_PORT = 65_535;

    private final Config config;

    private MailerSettings(Config config) {
        this.config = config;
    }

    /** @throws ConfigurationException naming the key and what would do, never what a key or password is */
    static void verify(Config config) {
        new MailerSettings(config).verify();
    }

    private void verify() {
        oneOf(MAILER + "login", LoginOption.values());
        oneOf(MAILER + "start-tls", StartTLSOptions.values());
        within(MAILER + "port", 1, LAST_PORT);
        within(MAILER + "max-pool-size", 1, Integer.MAX_VALUE);
        if (config.getOptionalValue(DKIM + "enabled", Boolean.class).orElse(false)) {
            verifySigning();
        }
    }

    /** RFC 6376: who signs, with which key, and what. */
    private void verifySigning() {
        var domain = required(DKIM + "sdid", "the domain that signs, such as example.com");
        required(
                DKIM + "selector",
                "the name of the key below that domain, such as mail for mail._domainkey.example.com");
        verifyKey();
        text(DKIM + "auid").filter(identity -> !isOf(identity, domain)).ifPresent(other -> {
            throw new ConfigurationException(
                    DKIM + "auid must end in @" + domain + " or ." + domain + ", as " + DKIM + "sdid says");
        });
        config.getOptionalValues(DKIM + "signed-headers", String.class)
                .filter(headers -> headers.stream().noneMatch("From"::equalsIgnoreCase))
                .ifPresent(others -> {
                    throw new ConfigurationException(
                            DKIM + "signed-headers must name From, which every signature covers");
                });
        within(DKIM + "body-limit", 1, Integer.MAX_VALUE);
        within(DKIM + "expire-time", 1, Long.MAX_VALUE);
    }

    private void verifyKey() {
        var itself = text(DKIM + "private-key");
        if (itself.isPresent()) {
            verifyKey(itself.get(), DKIM + "private-key");
            return;
        }
        var path = text(DKIM + "private-key-path")
                .orElseThrow(() -> new ConfigurationException("neither " + DKIM + "private-key nor " + DKIM
                        + "private-key-path is set, but " + DKIM + "enabled=true needs one"));
        try {
            verifyKey(Files.readString(Path.of(path)), DKIM + "private-key-path");
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ConfigurationException(DKIM + "private-key-path=" + path + " is no file that can be read");
        }
    }

    /** As the mailer reads it. */
    private static void verifyKey(String base64, String setting) {
        try {
            KeyFactory.getInstance("RSA")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new ConfigurationException(setting
                    + " holds no RSA private key: PKCS #8 in Base64, without the lines -----BEGIN and -----END");
        }
    }

    private String required(String key, String what) {
        return text(key)
                .orElseThrow(() -> new ConfigurationException(
                        key + " is not set, but " + DKIM + "enabled=true needs it: " + what));
    }

    private static boolean isOf(String identity, String domain) {
        var lower = identity.toLowerCase(Locale.ROOT);
        return List.of("@", ".").stream().anyMatch(before -> lower.endsWith(before + domain.toLowerCase(Locale.ROOT)));
    }

    private void oneOf(String key, Enum<?>[] values) {
        text(key)
                .filter(said ->
                        Arrays.stream(values).noneMatch(value -> value.name().equals(said.toUpperCase(Locale.ROOT))))
                .ifPresent(other -> {
                    throw new ConfigurationException(key + "=" + other + " is none of " + Arrays.toString(values));
                });
    }

    private void within(String key, long least, long most) {
        config.getOptionalValue(key, Long.class)
                .filter(said -> said < least || said > most)
                .ifPresent(other -> {
                    throw new ConfigurationException(key + "=" + other + " must be "
                            + (most == LAST_PORT ? "from " + least + " to " + most : "at least " + least));
                });
    }

    private Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class).filter(said -> !said.isBlank());
    }
}
