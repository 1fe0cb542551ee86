package dev.carillon.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import dev.carillon.testing.SettableClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushSettingsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final SettableClock CLOCK = new SettableClock();
    private static final String APNS = "carillon.provider.apns.";
    private static final Map<String, String> COMPLETE = Map.of(
            APNS + "key",
            TestKeys.ec().pem(),
            APNS + "key-id",
            "KEY1234567",
            APNS + "team-id",
            "TEAM123456",
            APNS + "topic",
            "com.example.shop");

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void a_complete_configuration_opens_apns() {
        assertThat(apns(Map.of()).open("ios")).isNotNull();
    }

    @Test
    void the_key_may_be_in_a_file(@TempDir Path directory) throws IOException {
        // Given
        var file =
                Files.writeString(directory.resolve("AuthKey.p8"), TestKeys.ec().pem());

        // Then
        assertThat(apns(Map.of(APNS + "key", "", APNS + "key-file", file.toString()))
                        .open("ios"))
                .isNotNull();
        assertThatThrownBy(() -> apns(Map.of(APNS + "key", "", APNS + "key-file", file + ".not"))
                        .open("ios"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(APNS + "key-file=");
    }

    @Test
    void what_is_missing_is_named() {
        for (var key : COMPLETE.keySet()) {
            assertThatThrownBy(() -> apns(Map.of(key, "")).open("ios"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(key);
        }
    }

    @Test
    void a_key_of_another_kind_is_refused_and_not_quoted() {
        // Given
        var rsa = TestKeys.rsa().pem();

        // Then
        assertThatThrownBy(() -> apns(Map.of(APNS + "key", rsa)).open("ios"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(APNS + "key holds no EC private key in PEM (PKCS #8)");
    }

    @Test
    void fcm_needs_a_service_account_and_serves_both_kinds_of_devices() {
        // Given
        var fcm = new PushProviders().fcm(settings(Map.of(), FcmSettings.class), new HttpGateways(VERTX, CLOCK), CLOCK);

        // Then
        assertThat(fcm.serves("ios")).isTrue();
        assertThat(fcm.serves("android")).isTrue();
        assertThat(fcm.serves("email")).isFalse();
        assertThatThrownBy(() -> fcm.open("android"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "neither carillon.provider.fcm.service-account nor carillon.provider.fcm.service-account-file is set");
    }

    private static Provider apns(Map<String, String> others) {
        return new PushProviders().apns(settings(others, ApnsSettings.class), new HttpGateways(VERTX, CLOCK), CLOCK);
    }

    private static <T> T settings(Map<String, String> others, Class<T> mapping) {
        var values = new HashMap<>(COMPLETE);
        values.putAll(others);
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withDefaultValues(values)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(mapping);
    }
}
