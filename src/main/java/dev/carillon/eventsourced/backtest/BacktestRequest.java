package dev.carillon.eventsourced.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.value.SentTime;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The rules to test, and the range of the journal to run them on. */
@RegisterForReflection
@Schema(name = "BacktestRequest", description = "Which rules to run, on which part of the journal.")
record BacktestRequest(
        @Schema(
                implementation = Object.class,
                description = "YAML as in a rule file, or a list of rules; the rules in force unless given")
        @Nullable
        JsonNode rules,

        @Schema(
                description = "Whether the rules in force apply as well, where no candidate has their id",
                examples = "true")
        @Nullable
        Boolean onTopOfCurrent,

        @Schema(description = "Where the stretch begins; at the start of the journal by default") @Nullable
        PointBody from,

        @Schema(description = "Where it ends; now by default") @Nullable
        PointBody to,

        @Schema(
                description =
                        "ISO 8601: how long before `from` the rules start to process events, to build up their state; from the beginning unless given",
                examples = "P30D")
        @Nullable
        String warmUp,

        @Schema(description = "How many samples of each difference: 0 to 200, 20 by default", examples = "20") @Nullable
        Integer samples) {

    private static final int USUAL = 20;
    private static final int MOST = 200;

    /** A point in the journal: either position or time. */
    @RegisterForReflection
    @Schema(name = "BacktestPoint", description = "A place in the journal: a position or a time of recording.")
    record PointBody(
            @Schema(examples = "1") @Nullable Long position,

            @Schema(format = "date-time", examples = "2025-10-31T00:00:00Z") @Nullable
            String time) {}

    /** @throws ProblemException naming every field at fault */
    BacktestRange limits(String tenant) {
        var errors = new ArrayList<FieldError>();
        var limits =
                new BacktestRange(tenant, point("/from", from, errors), point("/to", to, errors), duration(errors));
        if (samples != null && (samples < 0 || samples > MOST)) {
            errors.add(new FieldError("must be from 0 to " + MOST, "/samples"));
        }
        if (limits.from().position() != null
                && limits.to().position() != null
                && limits.from().position() > limits.to().position()) {
            errors.add(new FieldError("must not be before from", "/to"));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
        return limits;
    }

    int howManySamples() {
        return samples == null ? USUAL : samples;
    }

    private static BacktestRange.RangePoint point(String pointer, @Nullable PointBody point, List<FieldError> errors) {
        if (point == null) {
            return BacktestRange.RangePoint.NONE;
        }
        if ((point.position() == null) == (point.time() == null)) {
            errors.add(new FieldError("must have either position or time", pointer));
            return BacktestRange.RangePoint.NONE;
        }
        if (point.position() != null && point.position() < 1) {
            errors.add(new FieldError("must be at least 1", pointer + "/position"));
        }
        return new BacktestRange.RangePoint(
                point.position(), point.time() == null ? null : time(pointer, point.time(), errors));
    }

    private static @Nullable Instant time(String pointer, String text, List<FieldError> errors) {
        var time = SentTime.parse(text).orElse(null);
        if (time == null) {
            errors.add(new FieldError(SentTime.FORM, pointer + "/time"));
        }
        return time;
    }

    private @Nullable Duration duration(List<FieldError> errors) {
        try {
            var duration = warmUp == null ? null : Duration.parse(warmUp);
            if (duration == null || !duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            // said below, as for one that is negative
        }
        errors.add(new FieldError("must be an ISO 8601 duration, such as P30D", "/warmUp"));
        return null;
    }

    /**
     * The requested range of the journal.
     *
     * @param warmUp how long before {@code from} the rules begin to hear; null for everything there is
     */
    record BacktestRange(
            String tenant,
            RangePoint from,
            RangePoint to,
            @Nullable Duration warmUp) {

        /** A point in the journal, by position or by time; with neither, the start or end of the range. */
        record RangePoint(@Nullable Long position, @Nullable Instant time) {

            static final RangePoint NONE = new RangePoint(null, null);
        }
    }
}
