package dev.carillon.apidriven.api;

import dev.carillon.notification.Cancellations.Cancellation;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a cancellation was in time. */
@RegisterForReflection
@Schema(name = "Cancelled", description = "Whether a cancellation was in time.")
record CancelledView(
        @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC")
        String trackingId,

        @Schema(
                description =
                        "cancelled when it reaches nobody; too-late when it was sent, or is being sent, on a channel",
                examples = "cancelled",
                enumeration = {"cancelled", "too-late"})
        String result,

        @Schema(description = "Its status now") Status status,

        @Schema(description = "Channel → status there", examples = "{\"email\":\"cancelled\"}")
        Map<String, Status> channels) {

    static CancelledView of(Cancellation cancellation) {
        var notification = cancellation.notification();
        var channels = new TreeMap<String, Status>();
        notification
                .deliveries()
                .forEach((NotificationView.DeliveryView delivery) ->
                        channels.put(delivery.channel(), delivery.status()));
        return new CancelledView(
                notification.trackingId(),
                cancellation.won() ? "cancelled" : "too-late",
                notification.status(),
                channels);
    }
}
