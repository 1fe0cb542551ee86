package dev.carillon.delivery.email;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.report.Callback;
import dev.carillon.delivery.report.CallbackReader;
import dev.carillon.delivery.report.CallbackReading;
import dev.carillon.delivery.report.DeliveryReport;
import dev.carillon.delivery.report.DeliveryReport.ReportedStatus;
import dev.carillon.delivery.report.Freshness;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads SendGrid's Event Webhook: an array of events, signed with ECDSA over timestamp and body. */
@Startup // a wrong setting stops the start
@ApplicationScoped
class SendGridCallbacks implements CallbackReader {

    static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
    static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

    private static final String RESUBSCRIBED = "group_resubscribe";

    /** A drop says why SendGrid did not even try; what it says of the address is as good as a bounce, a complaint or a wish. */
    private static final Map<String, Block> DROPPED = Map.of(
            "bounced address",
            Block.BOUNCE,
            "invalid",
            Block.BOUNCE,
            "spam reporting address",
            Block.COMPLAINT,
            "unsubscribed address",
            Block.STOP);

    private final Optional<PublicKey> key;

    SendGridCallbacks(SendGridSettings settings) {
        this.key = settings.webhookPublicKey().map(SendGridCallbacks::key);
    }

    @Override
    public String kind() {
        return "sendgrid";
    }

    @Override
    public boolean isOpen(String account) {
        return key.isPresent();
    }

    @Override
    public CallbackReading read(Callback callback) {
        if (key.isEmpty()) {
            return new CallbackReading.NotConfigured();
        }
        var timestamp = callback.header(TIMESTAMP);
        if (timestamp == null || !signed(key.get(), callback.header(SIGNATURE), timestamp, callback.body())) {
            return new CallbackReading.Forged("The signature does not fit");
        }
        return Freshness.isFresh(timestamp, callback.at())
                ? events(callback)
                : new CallbackReading.Forged("The timestamp is more than five minutes away from now");
    }

    private static CallbackReading events(Callback callback) {
        try {
            var reports = new ArrayList<DeliveryReport>();
            var events = new JsonArray(Buffer.buffer(callback.body()));
            for (int i = 0; i < events.size(); i++) {
                var report = report(events.getJsonObject(i), callback.at());
                if (report != null) {
                    reports.add(report);
                }
            }
            return new CallbackReading.Authentic(reports, List.of(), events.size() - reports.size());
        } catch (DecodeException | ClassCastException | NullPointerException unfit) {
            return new CallbackReading.Malformed("not an array of events");
        }
    }

    /** Null for what says nothing we keep: processed, deferred, opened, clicked. */
    private static @Nullable DeliveryReport report(JsonObject event, Instant now) {
        var reason = String.valueOf(event.getValue("reason")).toLowerCase(Locale.ROOT);
        return switch (String.valueOf(event.getValue("event"))) {
            case "delivered" -> report(event, ReportedStatus.DELIVERED, null, now);
            case "bounce" ->
                report(
                        event,
                        ReportedStatus.BOUNCED,
                        "blocked".equals(event.getValue("type")) ? null : Block.BOUNCE,
                        now);
            case "dropped" -> report(event, ReportedStatus.BOUNCED, DROPPED.get(reason), now);
            case "spamreport" -> report(event, ReportedStatus.COMPLAINED, Block.COMPLAINT, now);
            case "unsubscribe", "group_unsubscribe" ->
                report(event, ReportedStatus.DELIVERED, Block.STOP, now); // they answered what they had got
            case RESUBSCRIBED -> report(event, ReportedStatus.DELIVERED, null, now);
            default -> null;
        };
    }

    private static DeliveryReport report(
            JsonObject event, ReportedStatus reported, @Nullable Block block, Instant now) {
        var id = Objects.requireNonNull(event.getString("sg_event_id"));
        var at = event.getValue("timestamp") instanceof Number seconds
                ? Instant.ofEpochSecond(seconds.longValue())
                : now;
        var delivery = event.getValue(SendGrid.DELIVERY_ID) instanceof String ours ? ours : null;
        var status = event.getValue("status") instanceof String code && code.matches("[0-9.]{1,20}") ? " " + code : "";
        return new DeliveryReport(
                id,
                delivery,
                reported,
                block,
                RESUBSCRIBED.equals(event.getValue("event")),
                event.getString("event") + status,
                at.isAfter(now) ? now : at);
    }

    private static boolean signed(PublicKey key, @Nullable String signature, String timestamp, byte[] body) {
        try {
            var check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(key);
            check.update(timestamp.getBytes(StandardCharsets.UTF_8));
            check.update(body);
            return signature != null && check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            return false;
        }
    }

    private static PublicKey key(String written) {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(written)));
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            throw new ConfigurationException(
                    "carillon.provider.sendgrid.webhook-public-key is not an EC public key in Base64");
        }
    }
}
