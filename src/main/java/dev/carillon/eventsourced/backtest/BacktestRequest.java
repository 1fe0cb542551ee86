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

        @Schema(
                description =
                        "Only the latest so many events of the stretch count, and as many before them fill what the rules remember: 1 to 20000; all unless given",
                examples = "2000")
        @Nullable
        Integer latest,

        @Schema(
                description =
                        "ISO 8601, from PT0.1S to PT15S: a run that ends by then with what it has found so far, is answered at once, and stops when the caller goes away; for trying a rule while it is written",
                examples = "PT2S")
        @Nullable
        String within,

        @Schema(description = "How many samples of each difference: 0 to 200, 20 by default", examples = "20") @Nullable
        Integer samples) {

    private static final int USUAL = 20;
    private static final int MOST = 200;
    private static final int MOST_LATEST = 20_000;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(15);

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
        var limits = new BacktestRange(
                tenant,
                point("/from", from, errors),
                point("/to", to, errors),
                duration("/warmUp", warmUp, errors),
                latest,
                duration("/within", within, errors));
        if (latest != null && (latest < 1 || latest > MOST_LATEST)) {
            errors.add(new FieldError("must be from 1 to " + MOST_LATEST, "/latest"));
        }
        if (limits.within() != null
                && (limits.within().compareTo(SHORTEST) < 0 || limits.within().compareTo(LONGEST) > 0)) {
            errors.add(new FieldError("must be from PT0.1S to PT15S", "/within"));
        }
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

    private static @Nullable Duration duration(String pointer, @Nullable String text, List<FieldError> errors) {
        try {
            var duration = text == null ? null : Duration.parse(text);
            if (duration == null || !duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            // said below, as for one that is negative
        }
        errors.add(new FieldError("must be an ISO 8601 duration, such as P30D", pointer));
        return null;
    }

    /**
     * The requested range of the journal.
     *
     * @param warmUp how long before {@code from} the rules begin to hear; null for everything there is
     * @param latest how many of its last events count; null for all
     * @param within how long a short run may take; null for one that is polled
     */
    record BacktestRange(
            String tenant,
            RangePoint from,
            RangePoint to,
            @Nullable Duration warmUp,
            @Nullable Integer latest,
            @Nullable Duration within) {

        /** A point in the journal, by position or by time; with neither, the start or end of the range. */
        record RangePoint(@Nullable Long position, @Nullable Instant time) {

            static final RangePoint NONE = new RangePoint(null, null);
        }
    }
}
