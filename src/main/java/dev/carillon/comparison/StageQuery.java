package dev.carillon.comparison;

import dev.carillon.comparison.stage.StoryFault;
import dev.carillon.comparison.stage.StoryFault.Remedy;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** How a story is told: what breaks, what is done against it, and how far the service is away. */
public class StageQuery {

    private static final int FARTHEST = 50;

    @QueryParam("fault")
    @Parameter(
            description =
                    "What breaks: caller-dies, call-times-out, event-twice, event-late, out-of-order, service-unreachable, service-restarts, rule-wrong or preference-changes; left out: nothing",
            example = "caller-dies")
    @Nullable
    String fault;

    @QueryParam("remedy")
    @Parameter(
            description =
                    "What the teams do against it: none, retry, key, outbox or again; each fault has some of them",
            example = "outbox")
    @Nullable
    String remedy;

    @QueryParam("latency")
    @DefaultValue("0")
    @Parameter(description = "Milliseconds that each request of a team waits on the wire, 0 to 50", example = "5")
    int latency;

    static StageQuery plain() {
        return new StageQuery();
    }

    int latencyMillis() {
        if (latency < 0 || latency > FARTHEST) {
            throw refused("latency", "must be from 0 to " + FARTHEST);
        }
        return latency;
    }

    @Nullable
    StoryFault fault() {
        return fault == null || fault.isBlank()
                ? null
                : StoryFault.named(fault)
                        .orElseThrow(() -> refused(
                                "fault",
                                "must be one of "
                                        + Arrays.stream(StoryFault.values())
                                                .map(StoryFault::wire)
                                                .collect(Collectors.joining(", "))));
    }

    Remedy remedy() {
        if (remedy == null || remedy.isBlank()) {
            return Remedy.NONE;
        }
        var chosen = fault();
        var known = chosen == null ? List.of(Remedy.NONE) : chosen.remedies();
        return Remedy.named(remedy)
                .filter(known::contains)
                .orElseThrow(() -> refused(
                        "remedy",
                        "must be one of "
                                + known.stream().map(Remedy::wire).collect(Collectors.joining(", "))
                                + (chosen == null ? " where nothing breaks" : " against " + chosen.wire())));
    }

    private static ProblemException refused(String parameter, String detail) {
        return new ProblemException(Problem.invalid(List.of(new FieldError(detail, "?" + parameter))));
    }
}
