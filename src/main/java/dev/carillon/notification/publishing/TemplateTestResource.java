package dev.carillon.notification.publishing;

import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The API for messages that authors send to themselves. */
@Path("/api/v1/templates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Templates")
class TemplateTestResource {

    private final TemplateTests tests;
    private final KeyedRequests keyed;
    private final Caller caller;

    TemplateTestResource(TemplateTests tests, KeyedRequests keyed, Caller caller) {
        this.tests = tests;
        this.keyed = keyed;
        this.caller = caller;
    }

    @POST
    @Path("/{type}/test")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "testTemplate", summary = "Send a test to an address", description = """
            Renders texts as a preview does and sends them once, at once, through the channel's provider: with real providers it really goes
            out. It is no notification: no customer's preferences, history or limits have to do with it. An address that is suppressed is
            refused, a tenant may send 30 an hour, and the provider's rate and circuit hold. It is recorded, with the address masked.""")
    @APIResponseSchema(
            value = TemplateTest.class,
            responseCode = "200",
            responseDescription = "What came of it: `sent`, or why not")
    @APIResponse(responseCode = "404", description = "There is no type of this name, no draft, or no such version")
    @APIResponse(responseCode = "409", description = "The address is suppressed")
    @APIResponse(
            responseCode = "422",
            description = "A variable is missing, or it is no address of the channel; the pointer names it")
    @APIResponse(responseCode = "429", description = "Too many tests this hour")
    public Uni<Response> send(
            @BeanParam IdempotencyKey key,
            @PathParam("type") @Parameter(description = TemplateResource.TYPE, example = "ORDER_SHIPPED") String type,
            @Valid @NotNull(message = "is required") TemplateTestRequest request) {
        var tenant = caller.tenant();
        var by = caller.id();
        return keyed.answered(
                key, request, work -> tests.send(tenant, by, type, request).map(RestResponse::ok));
    }

    @GET
    @Path("/{type}/tests")
    @RolesAllowed({Roles.ADMIN, Roles.READER})
    @Operation(
            operationId = "listTemplateTests",
            summary = "The latest tests of a type",
            description = "Up to 100 of the last 30 days, the latest first.")
    @APIResponse(responseCode = "200", description = "The tests")
    public Uni<List<TemplateTest>> latest(
            @PathParam("type") @Parameter(description = TemplateResource.TYPE, example = "ORDER_SHIPPED") String type) {
        return tests.latest(caller.tenant(), type);
    }
}
