package dev.carillon.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.HttpGateways;
import dev.carillon.testing.SettableClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailSettingsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Map<String, String> COMPLETE = Map.of(
            "carillon.delivery.email.from", "shop@example.com", "carillon.provider.sendgrid.api-key", "SG.secret");

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void a_complete_configuration_opens_sendgrid() {
        assertThat(sendGrid(Map.of()).open("email")).isNotNull();
    }

    @Test
    void what_is_missing_is_named() {
        for (var key : COMPLETE.keySet()) {
            assertThatThrownBy(() -> sendGrid(Map.of(key, "")).open("email"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith(key + " is not set")
                    .hasMessageNotContaining("SG.secret");
        }
    }

    @Test
    void what_could_not_stand_in_a_header_is_no_sender() {
        for (var wrong : Map.of(
                        "from", "The Shop <shop@example.com>", "from-name", "Shop\r\nBcc: a@b", "reply-to", "nobody")
                .entrySet()) {
            var key = "carillon.delivery.email." + wrong.getKey();
            assertThatThrownBy(() -> sendGrid(Map.of(key, wrong.getValue())).open("email"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith(key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"The \"Best\" Shop", "Shop, Inc. (EU)", "Läden & Söhne", "🎉 Party", "shop@home", "<Shop>"})
    void any_name_of_one_line_is_one(String name) {
        assertThat(EmailFrom.of(settings(
                                Map.of(
                                        "carillon.delivery.email.from",
                                        "q@example.com",
                                        "carillon.delivery.email.from-name",
                                        name),
                                EmailSettings.class))
                        .name())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop\nBcc: a@b", "Shop\r", "Sh\u0000op", "Sh\u0085op", "Sh\u2028op"})
    void a_name_of_more_lines_is_none(String name) {
        assertThatThrownBy(() -> EmailFrom.of(settings(
                        Map.of(
                                "carillon.delivery.email.from",
                                "q@example.com",
                                "carillon.delivery.email.from-name",
                                name),
                        EmailSettings.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("carillon.delivery.email.from-name");
    }

    @Test
    void mail_comes_from_where_quarkus_says_when_we_say_nothing() {
        // When
        var from = EmailFrom.of(settings(
                Map.of(
                        "carillon.delivery.email.from",
                        "${quarkus.mailer.from:}",
                        "quarkus.mailer.from",
                        "q@example.com"),
                EmailSettings.class));

        // Then
        assertThat(from.address()).isEqualTo("q@example.com");
    }

    private static Provider sendGrid(Map<String, String> others) {
        return new EmailProviders()
                .sendGrid(
                        settings(others, EmailSettings.class),
                        settings(others, SendGridSettings.class),
                        new HttpGateways(VERTX, new SettableClock()));
    }

    private static <T> T settings(Map<String, String> others, Class<T> mapping) {
        var values = new HashMap<>(COMPLETE);
        values.putAll(others);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(mapping)
                .withDefaultValues(values)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(mapping);
    }
}
