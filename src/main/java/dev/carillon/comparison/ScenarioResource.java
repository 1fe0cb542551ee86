package dev.carillon.comparison;

import dev.carillon.comparison.stage.StoryFault;
import dev.carillon.comparison.story.Story;
import dev.carillon.comparison.story.StorySchema;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Forms;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Stories as data, and what becomes of them when things break. */
@Path("/demo")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Demo")
class ScenarioResource {

    private static final String APPLICATION_YAML = "application/yaml";
    private static final String TEXT_YAML = "text/yaml";
    private static final String X_YAML = "application/x-yaml";
    private static final String NAMES =
            "order-shipped, payment-failed, price-drop-alert, order-complete, wishlist-sale, or one of your own";
    private static final String NONE = "No such scenario; the problem lists the known ones";
    private static final String BROKEN = "Not a scenario that can be told; every problem with pointer, line and column";
    private static final Forms FORMS = new Forms(MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_PLAIN_TYPE);

    private final Told told;
    private final Json json;

    ScenarioResource(Told told, Json json) {
        this.told = told;
        this.json = json;
    }

    /** A scenario in the list. */
    @RegisterForReflection
    @Schema(name = "Scenario", description = "A story that can be told through both doors.")
    record ScenarioView(
            @Schema(examples = "order-shipped") String scenario,
            @Schema(description = "What happens") String summary,

            @Schema(description = "What happens, one by one")
            List<String> facts,

            @Schema(description = "What can break in it") List<String> faults) {

        static ScenarioView of(Story story) {
            return new ScenarioView(
                    story.name(),
                    story.summary(),
                    story.facts().stream().map(Story.StoryFact::says).toList(),
                    Arrays.stream(StoryFault.values())
                            .filter(fault -> Told.missing(story, fault) == null)
                            .map(StoryFault::wire)
                            .toList());
        }
    }

    @GET
    @Path("/scenarios")
    @Operation(
            operationId = "getScenarios",
            summary = "The stories that can be told",
            description = "Those that are shipped, and those of `carillon.demo.scenarios-path`.")
    @APIResponse(responseCode = "200", description = "In the order of their names")
    public Uni<List<ScenarioView>> all() {
        return told.all().map(all -> all.stream().map(ScenarioView::of).toList());
    }

    @GET
    @Path("/scenarios/schema")
    @Operation(
            operationId = "getScenarioSchema",
            summary = "The JSON Schema of scenario files",
            description = "For editors. The same as docs/scenarios.schema.json.")
    @APIResponse(
            responseCode = "200",
            description = "JSON Schema 2020-12",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public String schema() {
        return StorySchema.bundled().json();
    }

    @GET
    @Path("/scenarios/{scenario}")
    @Produces(APPLICATION_YAML)
    @Operation(
            operationId = "getScenario",
            summary = "A scenario's file",
            description = "As it is written: something to begin one's own with.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content =
                    @Content(
                            mediaType = APPLICATION_YAML,
                            schema = @Schema(implementation = String.class),
                            examples = @ExampleObject(name = "order-shipped", value = "scenario: order-shipped")))
    @APIResponse(responseCode = "404", description = NONE)
    public Uni<String> file(
            @PathParam("scenario") @Parameter(description = NAMES, example = "order-shipped") String scenario) {
        return told.named(scenario).map(Story::text);
    }

    @POST
    @Path("/scenarios")
    @Consumes({APPLICATION_YAML, TEXT_YAML, X_YAML, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "runScenario",
            summary = "Tell a story of your own through both doors",
            description = "Nothing of it is kept: it runs in tenants of its own, which are deleted afterwards.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = APPLICATION_YAML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "200", description = "Both side by side")
    @APIResponse(responseCode = "409", description = "The fault needs something that the scenario does not say")
    @APIResponse(responseCode = "422", description = BROKEN)
    public Uni<ComparisonReport> run(@BeanParam StageQuery query, @Nullable String body) {
        return told.read(body).chain(story -> told.compare(story, query));
    }

    @POST
    @Path("/scenarios/check")
    @Consumes({APPLICATION_YAML, TEXT_YAML, X_YAML, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "checkScenario",
            summary = "Check a scenario",
            description = "It is read as when it is told, and not told.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = APPLICATION_YAML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "200", description = "It can be told: how it was read")
    @APIResponse(responseCode = "422", description = BROKEN)
    public Uni<ScenarioView> check(@Nullable String body) {
        return told.read(body).map(ScenarioView::of);
    }

    @GET
    @Path("/faults/{scenario}")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "getFaults", summary = "What each style does when things break", description = """
            The same story with every fault, or with one: both doors, each with and without the usual remedies, each in a tenant of its own.
            Every fault really happens; `how` says in which way. As JSON, or with `Accept: text/plain` as a table.""")
    @APIResponse(
            responseCode = "200",
            description = "Missed, twice, wrong and late, by door and remedy",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = FaultReport.class)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN,
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "order-shipped", value = "order-shipped, when things break"))
            })
    @APIResponse(responseCode = "404", description = NONE)
    @APIResponse(responseCode = "406", description = "None of the forms that are accepted")
    public Uni<RestResponse<String>> faults(
            @PathParam("scenario") @Parameter(description = NAMES, example = "price-drop-alert") String scenario,
            @BeanParam StageQuery query,
            @Context HttpHeaders headers) {
        var form = FORMS.chosen(headers.getAcceptableMediaTypes());
        return told.named(scenario)
                .chain(story -> told.broken(story, query))
                .map(report -> FORMS.answer(
                        form, MediaType.TEXT_PLAIN_TYPE.equals(form) ? FaultText.of(report) : json.write(report)));
    }

    @POST
    @Path("/faults")
    @Consumes({APPLICATION_YAML, TEXT_YAML, X_YAML, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "breakScenario",
            summary = "Break a story of your own",
            description = "As for the stories that are there. Nothing of it is kept.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = APPLICATION_YAML, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "200", description = "Missed, twice, wrong and late, by door and remedy")
    @APIResponse(responseCode = "422", description = BROKEN)
    public Uni<FaultReport> breakOwn(@BeanParam StageQuery query, @Nullable String body) {
        return told.read(body).chain(story -> told.broken(story, query));
    }
}
