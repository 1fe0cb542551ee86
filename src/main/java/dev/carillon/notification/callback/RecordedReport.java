package dev.carillon.notification.callback;

import dev.carillon.delivery.report.DeliveryReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one report.
 *
 * @param fresh    whether its event was not taken before
 * @param delivery the delivery it is about; empty if it is none of ours
 * @param moved    whether the delivery's status is another one now
 */
record RecordedReport(DeliveryReport report, boolean fresh, Optional<Concerned> delivery, boolean moved) {

    /** The delivery that a report is about, and its notification's type, if the notification still exists. */
    record Concerned(String id, String tenant, @Nullable String type, String channel, String address) {

        /** The address is personal. */
        @Override
        public String toString() {
            return "Concerned[" + id + "]";
        }
    }
}
