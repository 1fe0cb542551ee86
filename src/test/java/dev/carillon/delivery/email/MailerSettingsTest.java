package dev.carillon.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stops the start is named as it is called in the configuration, with what would do. */
class MailerSettingsTest {

    private static final String DKIM = "quarkus.mailer.dkim.";
    private static final String KEY = rsaKey();
    private static final Map<String, String> SIGNING = Map.of(
            DKIM + "enabled",
            "true",
            DKIM + "sdid",
            "example.com",
            DKIM + "selector",
            "mail",
            DKIM + "private-key",
            KEY);

    @TempDir
    Path place;

    @Test
    void what_is_complete_will_do() throws Exception {
        verify(Map.of());
        verify(with(Map.of(
                DKIM + "auid",
                "shop@mail.example.com",
                DKIM + "signed-headers",
                "from,To",
                "quarkus.mailer.login",
                "required",
                "quarkus.mailer.port",
                "587")));
        verify(with(Map.of(
                DKIM + "private-key",
                "",
                DKIM + "private-key-path",
                Files.writeString(place.resolve("key"), KEY).toString())));
    }

    @Test
    void who_does_not_sign_needs_nothing_to_sign_with() {
        assertThatCode(() -> verify(Map.of(DKIM + "sdid", "example.com", DKIM + "private-key", "no key")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "sdid,'quarkus.mailer.dkim.sdid is not set, but quarkus.mailer.dkim.enabled=true needs it: the domain'",
        "selector,quarkus.mailer.dkim.selector is not set",
        "private-key,neither quarkus.mailer.dkim.private-key nor quarkus.mailer.dkim.private-key-path is set"
    })
    void what_is_missing_is_named(String left, String said) {
        assertThatThrownBy(() -> verify(with(Map.of(DKIM + left, ""))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(said)
                .hasMessageNotContaining(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "dkim.private-key,-----BEGIN PRIVATE KEY-----,PKCS #8 in Base64",
        "dkim.private-key,bm8ga2V5,PKCS #8 in Base64",
        "dkim.private-key-path,/nowhere/key,can be read",
        "dkim.auid,shop@other.com,example.com",
        "dkim.auid,shop@notexample.com,@example.com",
        "dkim.signed-headers,'To,Subject',From",
        "dkim.body-limit,0,at least 1",
        "dkim.expire-time,-1,at least 1",
        "login,maybe,REQUIRED",
        "start-tls,yes,OPTIONAL",
        "port,0,65535",
        "port,65536,65535",
        "max-pool-size,0,at least 1"
    })
    void what_does_not_fit_is_named_with_what_would(String setting, String value, String wouldDo) {
        var key = "quarkus.mailer." + setting;
        var settings = with(Map.of(key, value));
        if (setting.endsWith("-path")) {
            settings.remove(DKIM + "private-key");
        }
        assertThatThrownBy(() -> verify(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(key)
                .hasMessageContaining(wouldDo)
                .hasMessageNotContaining("bm8ga2V5");
    }

    private static HashMap<String, String> with(Map<String, String> others) {
        var settings = new HashMap<>(SIGNING);
        settings.putAll(others);
        assertThat(settings).containsAllEntriesOf(others);
        return settings;
    }

    private static void verify(Map<String, String> settings) {
        MailerSettings.verify(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withDefaultValues(settings)
                .build());
    }

    private static String rsaKey() {
        try {
            return Base64.getEncoder()
                    .encodeToString(KeyPairGenerator.getInstance("RSA")
                            .generateKeyPair()
                            .getPrivate()
                            .getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
