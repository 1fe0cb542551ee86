package dev.carillon.delivery.endpoint;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.report.Callback;
import dev.carillon.delivery.report.CallbackReader;
import dev.carillon.delivery.report.CallbackReading;
import dev.carillon.delivery.report.DeliveryReport;
import dev.carillon.delivery.report.DeliveryReport.ReportedStatus;
import dev.carillon.platform.value.Blank;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads callbacks of any provider that can send our format: JSON, signed as in Standard Webhooks. */
@Startup // a wrong setting stops the start
@ApplicationScoped
class GenericCallbacks implements CallbackReader {

    private static final int MOST_EVENTS = 1_000;

    private final Map<String, StandardWebhook> accounts = new HashMap<>();

    GenericCallbacks(CallbackSettings settings) {
        settings.generic().forEach((name, account) -> {
            try {
                accounts.put(name, StandardWebhook.of(account.secrets()));
            } catch (IllegalArgumentException unfit) {
                throw new ConfigurationException(
                        "carillon.callbacks.generic." + name + ".secrets: " + unfit.getMessage());
            }
        });
    }

    @Override
    public String kind() {
        return "generic";
    }

    @Override
    public boolean isOpen(String account) {
        return accounts.containsKey(account);
    }

    @Override
    public CallbackReading read(Callback callback) {
        var account = accounts.get(callback.account());
        if (account == null) {
            return new CallbackReading.NotConfigured();
        }
        return account.signed(
                        callback.header(StandardWebhook.ID),
                        callback.header(StandardWebhook.TIMESTAMP),
                        callback.header(StandardWebhook.SIGNATURE),
                        callback.body(),
                        callback.at())
                ? events(callback)
                : new CallbackReading.Forged("The signature does not fit, or is more than five minutes old");
    }

    private static CallbackReading events(Callback callback) {
        try {
            var body = new JsonObject(Buffer.buffer(callback.body()));
            var events = body.containsKey("events") ? body.getJsonArray("events") : new JsonArray().add(body);
            if (events.size() > MOST_EVENTS) {
                return new CallbackReading.Malformed("more than " + MOST_EVENTS + " events");
            }
            var reports = new ArrayList<DeliveryReport>();
            for (int i = 0; i < events.size(); i++) {
                var report =
                        report(events.getJsonObject(i), callback.header(StandardWebhook.ID) + "/" + i, callback.at());
                if (report != null) {
                    reports.add(report);
                }
            }
            return new CallbackReading.Authentic(reports, List.of(), events.size() - reports.size());
        } catch (DecodeException | ClassCastException | NullPointerException unfit) {
            return new CallbackReading.Malformed("neither an event nor {\"events\": […]}");
        }
    }

    /**
     * Null for a status that is not kept.
     *
     * @param otherwise by which a repeat of an event without an id is recognised: its place in a callback, whose id is signed and stays the same
     */
    private static @Nullable DeliveryReport report(JsonObject event, String otherwise, Instant now) {
        var status = switch (event.getString("status", "")) {
            case "delivered" -> ReportedStatus.DELIVERED;
            case "bounced" -> ReportedStatus.BOUNCED;
            case "complained" -> ReportedStatus.COMPLAINED;
            default -> null;
        };
        var id = event.getString("id");
        return status == null
                ? null
                : new DeliveryReport(
                        Blank.isAbsent(id) ? otherwise : id,
                        event.getString("deliveryId"),
                        status,
                        block(status, event.getBoolean("permanent", true)),
                        event.getString("code"),
                        at(event.getString("timestamp"), now));
    }

    private static @Nullable Block block(ReportedStatus status, boolean permanent) {
        return switch (status) {
            case DELIVERED -> null;
            case BOUNCED -> permanent ? Block.BOUNCE : null;
            case COMPLAINED -> Block.COMPLAINT;
        };
    }

    private static Instant at(@Nullable String written, Instant now) {
        try {
            return written == null || Instant.parse(written).isAfter(now) ? now : Instant.parse(written);
        } catch (DateTimeException unreadable) {
            return now;
        }
    }
}
