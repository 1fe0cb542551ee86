package dev.carillon.delivery.sms;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.report.Callback;
import dev.carillon.delivery.report.CallbackReader;
import dev.carillon.delivery.report.CallbackReading;
import dev.carillon.delivery.report.Consent;
import dev.carillon.delivery.report.DeliveryReport;
import dev.carillon.delivery.report.DeliveryReport.ReportedStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads Twilio's status callbacks and people's replies to our number: forms, signed with HMAC-SHA1 over the URL and the
 * sorted fields. Twilio signs no time, so a repeat is recognised by message and status.
 */
@ApplicationScoped
class TwilioCallbacks implements CallbackReader {

    static final String SIGNATURE = "X-Twilio-Signature";
    /** Parameters of the callback's URL: the delivery; for replies, the tenant whose customers write to the number. */
    static final String DELIVERY_ID = "deliveryId";

    private static final String TENANT = "tenant";
    private static final String DEFAULT_TENANT = "default";
    private static final int MOST_FIELDS = 200;

    /** Unknown handset; landline or unreachable carrier. */
    private static final Set<String> NOBODY_THERE = Set.of("30005", "30006");

    static final String TOLD_TO_STOP = "21610";

    private final Optional<URI> url;
    private final Optional<String> token;

    TwilioCallbacks(TwilioSettings settings) {
        this.url = settings.statusCallback();
        this.token = settings.webhookToken()
                .or(() -> settings.apiKeySid().isPresent() ? Optional.empty() : settings.authToken());
    }

    @Override
    public String kind() {
        return "twilio";
    }

    @Override
    public boolean isOpen(String account) {
        return url.isPresent() && token.isPresent();
    }

    @Override
    public CallbackReading read(Callback callback) {
        if (url.isEmpty() || token.isEmpty()) {
            return new CallbackReading.NotConfigured();
        }
        var form = fields(new String(callback.body(), StandardCharsets.UTF_8));
        return signed(called(url.get(), callback.query()), form, callback.header(SIGNATURE), token.get())
                ? said(callback, form, fields(callback.query()))
                : new CallbackReading.Forged("The signature does not fit");
    }

    /** The URL that Twilio was configured to call. A proxy in between may have changed the request's. */
    private static String called(URI configured, String query) {
        var base = configured.toString();
        var bare = base.contains("?") ? base.substring(0, base.indexOf('?')) : base;
        return query.isEmpty() ? bare : bare + "?" + query;
    }

    private static CallbackReading said(
            Callback callback, Map<String, List<String>> form, Map<String, List<String>> query) {
        var message = first(form, "MessageSid");
        if (message == null) {
            return new CallbackReading.Malformed("no MessageSid");
        }
        var status = first(form, "MessageStatus");
        if (status == null) {
            return answered(callback, form, query, message);
        }
        var code = first(form, "ErrorCode");
        var report = switch (status) {
            case "delivered", "read" -> report(callback, message, status, query, ReportedStatus.DELIVERED, null, null);
            case "undelivered", "failed" ->
                report(callback, message, status, query, ReportedStatus.BOUNCED, block(code), code);
            default -> null; // still on its way
        };
        return report == null
                ? new CallbackReading.Authentic(List.of(), List.of(), 1)
                : new CallbackReading.Authentic(List.of(report), List.of(), 0);
    }

    private static DeliveryReport report(
            Callback callback,
            String message,
            String status,
            Map<String, List<String>> query,
            ReportedStatus reported,
            @Nullable Block block,
            @Nullable String code) {
        return new DeliveryReport(
                message + "/" + status,
                first(query, DELIVERY_ID),
                reported,
                block,
                code == null ? status : status + " " + code,
                callback.at());
    }

    private static @Nullable Block block(@Nullable String code) {
        if (TOLD_TO_STOP.equals(code)) {
            return Block.STOP;
        }
        return code != null && NOBODY_THERE.contains(code) ? Block.BOUNCE : null;
    }

    /** A person's reply. Only their opt-out or opt-in is kept. */
    private static CallbackReading answered(
            Callback callback, Map<String, List<String>> form, Map<String, List<String>> query, String message) {
        var from = first(form, "From");
        var wish = Keyword.of(Optional.ofNullable(first(form, "OptOutType"))
                .or(() -> Optional.ofNullable(first(form, "Body")))
                .orElse(""));
        if (from == null || wish == null) {
            return new CallbackReading.Authentic(List.of(), List.of(), 1);
        }
        var tenant = first(query, TENANT);
        return new CallbackReading.Authentic(
                List.of(),
                List.of(new Consent(
                        message,
                        tenant == null ? DEFAULT_TENANT : tenant,
                        SmsChannel.NAME,
                        from,
                        wish == Keyword.START,
                        callback.at())),
                0);
    }

    private static Map<String, List<String>> fields(String encoded) {
        return new QueryStringDecoder(encoded, StandardCharsets.UTF_8, false, MOST_FIELDS).parameters();
    }

    private static @Nullable String first(Map<String, List<String>> fields, String name) {
        var values = fields.get(name);
        return values == null || values.isEmpty() || values.get(0).isBlank() ? null : values.get(0);
    }

    private static boolean signed(
            String url, Map<String, List<String>> form, @Nullable String signature, String token) {
        if (signature == null) {
            return false;
        }
        var signed = new StringBuilder(url);
        new TreeMap<>(form)
                .forEach((name, values) -> new TreeSet<>(values)
                        .forEach(value -> signed.append(name).append(value)));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return MessageDigest.isEqual(
                    mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)),
                    Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException notBase64) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
