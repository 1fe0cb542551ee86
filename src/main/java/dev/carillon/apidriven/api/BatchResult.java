package dev.carillon.apidriven.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.platform.rest.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The result of a batch, item by item. */
@RegisterForReflection
@Schema(name = "BatchResult", description = "The result of a batch, item by item.")
record BatchResult(
        @Schema(examples = "1") long accepted,
        @Schema(examples = "0") long suppressed,
        @Schema(examples = "1") long rejected,
        @Schema(description = "One for each, in order") List<BatchItem> results) {

    private static final String REJECTED = "rejected";

    static BatchResult of(List<BatchItem> items) {
        return new BatchResult(count(items, "accepted"), count(items, "suppressed"), count(items, REJECTED), items);
    }

    private static long count(List<BatchItem> items, String status) {
        return items.stream().filter(item -> item.status().equals(status)).count();
    }

    /** The result of one item: a tracking id or a problem. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "BatchItem", description = "One of a batch: with a tracking id, or with a problem.")
    record BatchItem(
            @Schema(description = "Its place in the batch, from 0", examples = "0")
            int index,

            @Schema(
                    description = "accepted, suppressed or rejected",
                    examples = "accepted",
                    enumeration = {"accepted", "suppressed", "rejected"})
            String status,

            @Schema(description = "ULID", examples = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC") @Nullable
            String trackingId,

            @Schema(
                    description = "Why nobody is notified; only with suppressed",
                    examples = "DUPLICATE_BUSINESS_KEY",
                    ref = "Reason")
            @Nullable
            String reason,

            @Schema(description = "The earlier notification with the same business key") @Nullable
            String duplicateOf,

            @Schema(description = "The earliest time it is sent, where it is held until then; UTC") @Nullable
            Instant notBefore,

            @Schema(description = "What is wrong with it; only with rejected; pointers are into the item") @Nullable
            Problem problem) {

        static BatchItem of(int index, Accepted accepted) {
            return new BatchItem(
                    index,
                    accepted.status(),
                    accepted.trackingId(),
                    accepted.reason(),
                    accepted.duplicateOf(),
                    accepted.notBefore(),
                    null);
        }

        static BatchItem of(int index, Problem problem) {
            return new BatchItem(index, REJECTED, null, null, null, null, problem);
        }
    }
}
