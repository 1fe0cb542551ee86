package dev.carillon.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.report.Callback;
import dev.carillon.delivery.report.CallbackReading;
import dev.carillon.delivery.report.CallbackReading.Authentic;
import dev.carillon.delivery.report.DeliveryReport;
import dev.carillon.delivery.report.DeliveryReport.ReportedStatus;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendGridCallbacksTest {

    /** From SendGrid's own libraries. */
    private static final String KEY =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";

    private static final String SIGNATURE =
            "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";
    private static final String TIMESTAMP = "1600112502";
    private static final String EVENTS = """
            [{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",\
            "sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",\
            "smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]""" + "\r\n";
    private static final Instant THEN = Instant.ofEpochSecond(1_600_112_510);

    @Test
    void what_sendgrid_signed_is_heard() {
        // When
        var reading = reader(KEY).read(callback(EVENTS, SIGNATURE, TIMESTAMP, THEN));

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Authentic.class,
                        heard -> assertThat(heard.reports())
                                .containsExactly(new DeliveryReport(
                                        "ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",
                                        null,
                                        ReportedStatus.BOUNCED,
                                        Block.BOUNCE,
                                        "dropped",
                                        Instant.ofEpochSecond(1_600_112_492))));
    }

    @Test
    void what_was_changed_on_the_way_is_not() {
        assertThat(reader(KEY).read(callback(EVENTS.replace("hello@", "other@"), SIGNATURE, TIMESTAMP, THEN)))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader(KEY).read(callback(EVENTS, SIGNATURE, "1600112503", THEN)))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader(KEY).read(callback(EVENTS, null, TIMESTAMP, THEN)))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader(KEY).read(callback(EVENTS, "garbage", TIMESTAMP, THEN)))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader(KEY).read(callback(EVENTS, SIGNATURE, null, THEN)))
                .isInstanceOf(CallbackReading.Forged.class);
    }

    @Test
    void a_recording_is_not_heard_after_five_minutes() {
        assertThat(reader(KEY).read(callback(EVENTS, SIGNATURE, TIMESTAMP, Instant.ofEpochSecond(1_600_112_502 + 300))))
                .isInstanceOf(Authentic.class);
        assertThat(reader(KEY).read(callback(EVENTS, SIGNATURE, TIMESTAMP, Instant.ofEpochSecond(1_600_112_502 + 301))))
                .isInstanceOf(CallbackReading.Forged.class);
        assertThat(reader(KEY).read(callback(EVENTS, SIGNATURE, TIMESTAMP, Instant.ofEpochSecond(1_600_112_502 - 301))))
                .isInstanceOf(CallbackReading.Forged.class);
    }

    @Test
    void without_a_key_nobody_is_heard_and_with_a_wrong_one_nothing_starts() {
        assertThat(reader("").read(callback(EVENTS, SIGNATURE, TIMESTAMP, THEN)))
                .isInstanceOf(CallbackReading.NotConfigured.class);
        assertThatThrownBy(() -> reader("AAAA"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("carillon.provider.sendgrid.webhook-public-key");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "'\"event\":\"delivered\"',                                            DELIVERED,  none",
                "'\"event\":\"bounce\",\"type\":\"bounce\"',                           BOUNCED,    BOUNCE",
                "'\"event\":\"bounce\",\"type\":\"blocked\"',                          BOUNCED,    none",
                "'\"event\":\"dropped\",\"reason\":\"Invalid\"',                       BOUNCED,    BOUNCE",
                "'\"event\":\"dropped\",\"reason\":\"Spam Reporting Address\"',        BOUNCED,    COMPLAINT",
                "'\"event\":\"dropped\",\"reason\":\"Unsubscribed Address\"',          BOUNCED,    STOP",
                "'\"event\":\"dropped\",\"reason\":\"SMTPAPI\"',                       BOUNCED,    none",
                "'\"event\":\"unsubscribe\"',                                          DELIVERED,  STOP",
                "'\"event\":\"group_unsubscribe\"',                                    DELIVERED,  STOP",
                "'\"event\":\"spamreport\"',                                           COMPLAINED, COMPLAINT",
            })
    void each_event_means_something_for_the_delivery_and_for_the_address(
            String event, ReportedStatus fate, @Nullable Block block) throws Exception {
        // When
        var heard = signed("[{" + event
                + ",\"sg_event_id\":\"e1\",\"deliveryId\":\"01KAJ3W4S8M2Q9V7T5R1N3X0ZC\",\"timestamp\":1600112492}]");

        // Then
        assertThat(heard)
                .isInstanceOfSatisfying(
                        Authentic.class,
                        said -> assertThat(said.reports()).singleElement().satisfies(report -> {
                            assertThat(report.status()).isEqualTo(fate);
                            assertThat(report.block()).isEqualTo(block);
                            assertThat(report.deliveryId()).isEqualTo("01KAJ3W4S8M2Q9V7T5R1N3X0ZC");
                        }));
    }

    @Test
    void who_subscribes_to_the_group_again_takes_back_that_they_wanted_no_more() throws Exception {
        assertThat(
                        signed(
                                "[{\"event\":\"group_resubscribe\",\"sg_event_id\":\"e1\",\"deliveryId\":\"01KAJ3W4S8M2Q9V7T5R1N3X0ZC\",\"timestamp\":1600112492}]"))
                .isEqualTo(new Authentic(
                        List.of(new DeliveryReport(
                                "e1",
                                "01KAJ3W4S8M2Q9V7T5R1N3X0ZC",
                                ReportedStatus.DELIVERED,
                                null,
                                true,
                                "group_resubscribe",
                                Instant.ofEpochSecond(1_600_112_492))),
                        List.of(),
                        0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"processed", "deferred", "open", "click", "something new"})
    void what_says_nothing_we_keep_is_counted_only(String event) throws Exception {
        assertThat(signed("[{\"event\":\"" + event + "\",\"sg_event_id\":\"e1\"}]"))
                .isEqualTo(new Authentic(List.of(), List.of(), 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "[null]", "[[]]", "[{\"event\":\"delivered\"}]", "not JSON"})
    void garbage_is_called_garbage(String body) throws Exception {
        assertThat(signed(body)).isInstanceOf(CallbackReading.Malformed.class);
    }

    private static CallbackReading signed(String body) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        var signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(keys.getPrivate());
        var all = new ByteArrayOutputStream();
        all.writeBytes(TIMESTAMP.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        signing.update(all.toByteArray());
        return reader(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()))
                .read(callback(body, Base64.getEncoder().encodeToString(signing.sign()), TIMESTAMP, THEN));
    }

    private static SendGridCallbacks reader(String key) {
        return new SendGridCallbacks(new SmallRyeConfigBuilder()
                .withMapping(SendGridSettings.class)
                .withDefaultValues(Map.of("carillon.provider.sendgrid.webhook-public-key", key))
                .build()
                .getConfigMapping(SendGridSettings.class));
    }

    private static Callback callback(String body, @Nullable String signature, @Nullable String timestamp, Instant at) {
        return new Callback(
                "sendgrid",
                "",
                name -> SendGridCallbacks.SIGNATURE.equals(name)
                        ? signature
                        : SendGridCallbacks.TIMESTAMP.equals(name) ? timestamp : null,
                body.getBytes(StandardCharsets.UTF_8),
                at);
    }
}
