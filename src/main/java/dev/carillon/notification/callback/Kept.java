package dev.carillon.notification.callback;

import dev.carillon.delivery.callback.DeliveryReport;

import java.util.Optional;

/**
 * What became of one report.
 *
 * @param fresh    whether its event was not taken before
 * @param delivery whom it is about; empty when it is none of ours
 * @param moved    whether the delivery's status is another one now
 */
record Kept(DeliveryReport report, boolean fresh, Optional<Concerned> delivery, boolean moved) {

    /** A delivery of ours that a report is about. */
    record Concerned(String id, String tenant, String channel, String address) {

        /** The address is personal. */
        @Override
        public String toString() {
            return "Concerned[" + id + "]";
        }
    }
}
