package dev.carillon.notification.callback;

import dev.carillon.delivery.report.CallbackReading.Authentic;
import dev.carillon.notification.callback.PgReports.RecordedReport;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a callback's events. */
@RegisterForReflection
@Schema(name = "CallbackTaken", description = "The result for a callback's events.")
record CallbackResult(
        @Schema(description = "Events of our deliveries, or replies of recipients", examples = "1")
        int taken,

        @Schema(description = "Events of an unknown delivery or tenant", examples = "0")
        int unknown,

        @Schema(description = "Events that were recorded before", examples = "0")
        int duplicates,

        @Schema(description = "Events of kinds that are not stored", examples = "1")
        int ignored) {

    /** @param strangers how many answers are to a tenant that there is not */
    static CallbackResult of(Authentic heard, List<RecordedReport> kept, int strangers) {
        int duplicates = (int) kept.stream().filter(one -> !one.fresh()).count();
        int unknown = (int) kept.stream()
                .filter(one -> one.fresh() && one.delivery().isEmpty())
                .count();
        return new CallbackResult(
                kept.size() - duplicates - unknown + heard.consents().size() - strangers,
                unknown + strangers,
                duplicates,
                heard.ignored());
    }
}
