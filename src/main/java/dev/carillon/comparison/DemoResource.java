package dev.carillon.comparison;

import dev.carillon.comparison.story.Story;
import dev.carillon.platform.body.TakesNoBody;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Forms;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Runs a scenario through one door or both. Every run is its own tenant: repeatable, independent, deleted afterwards.
 */
@Path("/demo")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Demo", description = "The same story through either door, side by side. GET and POST do the same.")
class DemoResource {

    private static final String ONE_DOOR =
            "The teams publish what happened; the notification service listens, decides and sends.";
    private static final String OTHER_DOOR =
            "The teams look up what they must, decide, and call the notification API over HTTP.";
    private static final String BOTH = "One after the other, so that neither disturbs the other's figures.";
    private static final String IN_FORMS =
            " As JSON, or with `Accept: text/plain` as two columns for a terminal. A browser is sent to the console's page.";
    private static final Forms FORMS =
            new Forms(MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_PLAIN_TYPE, MediaType.TEXT_HTML_TYPE);
    private static final String ALL = "A table: same outcome or not, and what each door cost.";
    private static final String NAMES =
            "order-shipped, payment-failed, price-drop-alert, order-complete, wishlist-sale, or one of your own";

    private final Scenarios scenarios;
    private final DemoRun run;
    private final Told told;
    private final Json json;

    DemoResource(Scenarios scenarios, DemoRun run, Told told, Json json) {
        this.scenarios = scenarios;
        this.run = run;
        this.told = told;
        this.json = json;
    }

    @GET
    @Path("/event-sourced/{scenario}")
    @Operation(operationId = "getEventSourcedStory", summary = "A story through door 1", description = ONE_DOOR)
    @APIResponse(responseCode = "200", description = "The result")
    @APIResponse(responseCode = "404", description = "No such scenario; the problem lists the known ones")
    public Uni<RunReport> eventSourced(
            @PathParam("scenario") @Parameter(description = NAMES, example = "order-shipped") String scenario) {
        return oneDoor(scenario, Approach.EVENT_SOURCED);
    }

    @POST
    @TakesNoBody
    @Path("/event-sourced/{scenario}")
    @Operation(
            operationId = "runEventSourcedStory",
            summary = "A story through door 1 (the same as GET)",
            description = ONE_DOOR)
    @APIResponse(responseCode = "200", description = "The result")
    @APIResponse(responseCode = "404", description = "No such scenario; the problem lists the known ones")
    public Uni<RunReport> runEventSourced(
            @PathParam("scenario") @Parameter(description = NAMES, example = "order-shipped") String scenario) {
        return eventSourced(scenario);
    }

    @GET
    @Path("/api-driven/{scenario}")
    @Operation(operationId = "getApiDrivenStory", summary = "A story through door 2", description = OTHER_DOOR)
    @APIResponse(responseCode = "200", description = "The result")
    @APIResponse(responseCode = "404", description = "No such scenario; the problem lists the known ones")
    public Uni<RunReport> apiDriven(
            @PathParam("scenario") @Parameter(description = NAMES, example = "order-shipped") String scenario) {
        return oneDoor(scenario, Approach.API_DRIVEN);
    }

    @POST
    @TakesNoBody
    @Path("/api-driven/{scenario}")
    @Operation(
            operationId = "runApiDrivenStory",
            summary = "A story through door 2 (the same as GET)",
            description = OTHER_DOOR)
    @APIResponse(responseCode = "200", description = "The result")
    @APIResponse(responseCode = "404", description = "No such scenario; the problem lists the known ones")
    public Uni<RunReport> runApiDriven(
            @PathParam("scenario") @Parameter(description = NAMES, example = "order-shipped") String scenario) {
        return apiDriven(scenario);
    }

    @GET
    @Path("/comparison/{scenario}")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "compareStory", summary = "A story through both doors", description = BOTH + IN_FORMS)
    @APIResponse(
            responseCode = "200",
            description = "Both side by side",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ComparisonReport.class)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN,
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "order-shipped", value = "order-shipped, through both doors"))
            })
    @APIResponse(responseCode = "404", description = "No such scenario; the problem lists the known ones")
    @APIResponse(responseCode = "303", description = "With `Accept: text/html`: the page of the console that shows it")
    @APIResponse(responseCode = "406", description = "None of the forms that are accepted")
    public Uni<RestResponse<String>> comparison(
            @PathParam("scenario") @Parameter(description = NAMES, example = "price-drop-alert") String scenario,
            @BeanParam StageQuery query,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        var form = FORMS.chosen(headers.getAcceptableMediaTypes());
        if (form.equals(MediaType.TEXT_HTML_TYPE)) {
            return told.named(scenario).map(story -> FORMS.at(page(story, uri)));
        }
        return told.named(scenario)
                .chain(story -> told.compare(story, query))
                .map(report -> FORMS.answer(
                        form, MediaType.TEXT_PLAIN_TYPE.equals(form) ? ComparisonText.of(report) : json.write(report)));
    }

    @POST
    @TakesNoBody
    @Path("/comparison/{scenario}")
    @Operation(
            operationId = "runStoryComparison",
            summary = "A story through both doors (the same as GET)",
            description = BOTH)
    @APIResponse(responseCode = "200", description = "Both side by side")
    @APIResponse(responseCode = "404", description = "No such scenario; the problem lists the known ones")
    public Uni<ComparisonReport> runComparison(
            @PathParam("scenario") @Parameter(description = NAMES, example = "price-drop-alert") String scenario,
            @BeanParam StageQuery query) {
        return told.named(scenario).chain(story -> told.compare(story, query));
    }

    @GET
    @Path("/comparison")
    @Operation(operationId = "compareStories", summary = "Every story through both doors", description = ALL)
    @APIResponse(responseCode = "200", description = "One line a story")
    public Uni<SummaryReport> summary() {
        return told.all()
                .chain(stories -> told.each(
                        stories,
                        story -> told.compare(story, StageQuery.plain())
                                .map(report -> SummaryReport.SummaryLine.of(story.summary(), report))))
                .map(SummaryReport::of);
    }

    @POST
    @TakesNoBody
    @Path("/comparison")
    @Operation(
            operationId = "runStoriesComparison",
            summary = "Every story through both doors (the same as GET)",
            description = ALL)
    @APIResponse(responseCode = "200", description = "One line a story")
    public Uni<SummaryReport> runSummary() {
        return summary();
    }

    /** The console's page of a story, told in the same way. */
    private static URI page(Story story, UriInfo uri) {
        return UriBuilder.fromPath("/stories/{name}")
                .replaceQuery(uri.getRequestUri().getRawQuery())
                .build(story.name());
    }

    /** The five have teams in Java, too, which run here; the others are told as their files say. */
    private Uni<RunReport> oneDoor(String scenario, Approach approach) {
        return scenarios
                .inJava(scenario)
                .map(java -> run.run(java, approach))
                .orElseGet(
                        () -> told.named(scenario).chain(story -> told.through(story, approach, StageQuery.plain())));
    }
}
