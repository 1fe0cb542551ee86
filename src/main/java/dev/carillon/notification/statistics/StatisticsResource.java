package dev.carillon.notification.statistics;

import dev.carillon.notification.statistics.StatisticsQuery.Bucket;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.rest.TimeRangeQuery;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API for counts and rates over time. */
@Path("/api/v1/statistics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Statistics", description = "Counts of notifications by outcome.")
class StatisticsResource {

    private static final Map<String, Bucket> BUCKETS = Arrays.stream(Bucket.values())
            .collect(Collectors.toMap(Bucket::wire, Function.identity(), (one, other) -> one, TreeMap::new));
    private static final Map<String, Dimension> DIMENSIONS = Arrays.stream(Dimension.values())
            .collect(Collectors.toMap(Dimension::wire, Function.identity(), (one, other) -> one, TreeMap::new));
    private static final Duration USUAL = Duration.ofDays(1);

    private final Statistics statistics;
    private final Caller caller;
    private final Ids ids;

    StatisticsResource(Statistics statistics, Caller caller, Ids ids) {
        this.statistics = statistics;
        this.caller = caller;
        this.ids = ids;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(operationId = "getStatistics", summary = "Counts and rates over time", description = """
            Of notifications: accepted, suppressed. Of their channels: sent, retried, dead-lettered, expired, and as reported by providers
            delivered, bounced, complained; each in the hour in which it happened. `from` and `to` count by whole hours: without `to` up to now,
            without `from` the day before. `countedUntil` is the time up to which everything is counted.""")
    @APIResponse(responseCode = "200", description = "The counts")
    @APIResponse(
            responseCode = "422",
            description = "A parameter is not valid, or the answer would be too long; the pointer names it")
    public Uni<StatisticsView> counts(
            @BeanParam TimeRangeQuery time,
            @QueryParam("bucket")
                    @Parameter(
                            description = "hour (at most 31 days) or day (at most 366 days), of UTC",
                            example = "hour",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"hour", "day"}))
                    @Nullable
                    String bucket,
            @QueryParam("by")
                    @Parameter(
                            description = "What to group by, separated by commas: type, channel, provider, reason",
                            example = "type,channel")
                    @Nullable
                    String by) {
        var check = new QueryCheck();
        var until = time.to(check);
        var since = time.from(check);
        var wanted = check.oneOf("bucket", bucket, BUCKETS);
        var dimensions = dimensions(check, by);
        check.done();
        var end = ceiling(until == null ? ids.now() : until);
        var asked = new StatisticsQuery(
                caller.tenant(),
                since == null ? end.minus(USUAL) : since.truncatedTo(ChronoUnit.HOURS),
                end,
                wanted == null ? Bucket.HOUR : wanted,
                dimensions);
        if (!asked.from().isBefore(asked.to())) {
            throw new ProblemException(Problem.invalid("/from", "must be before to"));
        }
        if (Duration.between(asked.from(), asked.to()).compareTo(asked.bucket().longest()) > 0) {
            throw new ProblemException(Problem.invalid(
                    "/from", "must be at most " + asked.bucket().longest().toDays() + " days before to"));
        }
        return statistics
                .of(asked)
                .map(found -> found.orElseThrow(() ->
                        new ProblemException(Problem.invalid("/by", "makes too many groups for so long a time"))));
    }

    private static Set<Dimension> dimensions(QueryCheck check, @Nullable String by) {
        var dimensions = EnumSet.noneOf(Dimension.class);
        for (var name : by == null || by.isBlank() ? new String[0] : by.split(",")) {
            var dimension = check.oneOf("by", name.strip(), DIMENSIONS);
            if (dimension != null) {
                dimensions.add(dimension);
            }
        }
        return dimensions;
    }

    private static Instant ceiling(Instant time) {
        var hour = time.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }
}
