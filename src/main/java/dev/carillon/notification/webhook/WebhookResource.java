package dev.carillon.notification.webhook;

import dev.carillon.platform.body.TakesNoBody;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.IdempotencyKey;
import dev.carillon.platform.idempotency.IdempotentWork;
import dev.carillon.platform.idempotency.KeyedRequests;
import dev.carillon.platform.rest.Created;
import dev.carillon.platform.rest.PageQuery;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The API for webhook subscriptions. */
@Path(WebhookResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Webhooks", description = "Subscriptions to status changes, signed according to Standard Webhooks.")
class WebhookResource {

    static final String PATH = "/api/v1/webhooks";

    private static final String ID = "01KAJ3W4S8M2Q9V7T5R1N3X0ZC";
    /** A new subscription: the URL, and which statuses and types it gets. */
    @RegisterForReflection
    @Schema(name = "NewWebhook", description = "A subscription: where status changes are sent, and which.")
    record NewWebhook(
            @Schema(
                    description = "Where events are sent: https, no credentials, a public address",
                    examples = "https://shop.example.com/hooks/carillon")
            @NotBlank(message = "is required")
            @Size(max = 2000, message = "must have at most 2,000 characters")
            String url,

            @Schema(
                    description =
                            "Statuses to send: sent, delivered, bounced, complained, dead-lettered, expired; all when left out",
                    examples = "[\"delivered\", \"bounced\"]")
            @Nullable
            Set<@NotNull(message = "must hold no null") String> statuses,

            @Schema(description = "Notification types to send; all when left out", examples = "[\"ORDER_SHIPPED\"]")
            @Nullable
            @Size(max = 100, message = "must hold at most 100")
            Set<
                            @NotNull(message = "must hold no null")
                            @Pattern(regexp = "[A-Z][A-Z0-9_]{0,99}", message = "must be a notification type") String>
                    types) {}

    /** A subscription with its secret. */
    @RegisterForReflection
    @Schema(name = "IssuedWebhook", description = "A subscription with its secret, which is shown this once.")
    record IssuedWebhook(
            @Schema(description = "The subscription") WebhookView webhook,

            @Schema(
                    description = "The secret that signs its calls; shown only here",
                    examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            String secret) {

        static IssuedWebhook of(Webhooks.IssuedSubscription issued) {
            return new IssuedWebhook(issued.webhook(), issued.secret());
        }

        @Override
        public String toString() {
            return "IssuedWebhook[" + webhook.id() + "]";
        }
    }

    /** A test event. */
    @RegisterForReflection
    @Schema(name = "FiredTest", description = "A test event that was sent.")
    record FiredTest(
            @Schema(description = "Its `webhook-id`, a ULID", examples = "01KAJ3W9C0H7Y2D4K6F8B1E3GA")
            String eventId) {}

    private final Webhooks webhooks;
    private final KeyedRequests keyed;
    private final Caller caller;

    WebhookResource(Webhooks webhooks, KeyedRequests keyed, Caller caller) {
        this.webhooks = webhooks;
        this.keyed = keyed;
        this.caller = caller;
    }

    @POST
    @Operation(operationId = "createWebhook", summary = "Subscribe to statuses", description = """
            An event is sent for every delivery whose status becomes one of those, at least once and in no guaranteed order. The secret is
            in the answer and nowhere else. Takes effect within a second.""")
    @APIResponseSchema(value = IssuedWebhook.class, responseCode = "201", responseDescription = "Subscribed")
    @APIResponse(responseCode = "409", description = "The tenant has 20 already")
    public Uni<Response> subscribe(
            @BeanParam IdempotencyKey key, @Valid @NotNull(message = "is required") NewWebhook wanted) {
        var tenant = caller.tenant();
        return keyed.confided(key, wanted, work -> subscribed(tenant, wanted, work));
    }

    private Uni<RestResponse<IssuedWebhook>> subscribed(String tenant, NewWebhook wanted, IdempotentWork work) {
        var unfit = webhooks.unfit(wanted.url());
        if (unfit != null) {
            throw new ProblemException(Problem.invalid("/url", unfit));
        }
        var statuses = wanted.statuses() == null ? Set.<String>of() : wanted.statuses();
        if (!StatusEvents.STATUSES.containsAll(statuses)) {
            throw new ProblemException(
                    Problem.invalid("/statuses", "must be among " + new TreeSet<>(StatusEvents.STATUSES)));
        }
        return webhooks.subscribe(
                        work, tenant, wanted.url(), statuses, wanted.types() == null ? Set.of() : wanted.types())
                .map(made -> IssuedWebhook.of(made.orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT, "There are " + Webhooks.MOST + " webhooks already"))))
                .map(made -> Created.at(PATH + "/{id}", made.webhook().id(), made));
    }

    @GET
    @Operation(
            operationId = "listWebhooks",
            summary = "Subscriptions",
            description = "All of the tenant's, and whether each one answers.")
    @APIResponse(responseCode = "200", description = "The subscriptions")
    public Uni<List<WebhookView>> list() {
        return webhooks.all(caller.tenant());
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWebhook", summary = "A subscription", description = "Including whether it answers.")
    @APIResponse(responseCode = "200", description = "The subscription")
    public Uni<WebhookView> find(
            @PathParam("id") @Parameter(description = "The subscription's id", example = ID) String id) {
        return (Ids.isId(id)
                        ? webhooks.find(caller.tenant(), id)
                        : Uni.createFrom().item(Optional.<WebhookView>empty()))
                .map(WebhookResource::known);
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteWebhook",
            summary = "Unsubscribe",
            description = "Status events not sent yet are dropped.")
    @APIResponse(responseCode = "204", description = "Unsubscribed")
    public Uni<Void> unsubscribe(
            @PathParam("id") @Parameter(description = "The subscription's id", example = ID) String id) {
        return webhooks.unsubscribe(caller.tenant(), id)
                .map(gone -> known(gone ? Optional.of(id) : Optional.empty()))
                .replaceWithVoid();
    }

    @POST
    @TakesNoBody
    @Path("/{id}/rotate")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "A new secret",
            description = "For a day (`carillon.webhooks.rotation`) every call is signed with both, the new one first.")
    @APIResponseSchema(value = IssuedWebhook.class, responseCode = "200", responseDescription = "The new secret")
    public Uni<Response> rotate(
            @BeanParam IdempotencyKey key,
            @PathParam("id") @Parameter(description = "The subscription's id", example = ID) String id) {
        var tenant = caller.tenant();
        return keyed.confided(
                key,
                work -> webhooks.rotate(tenant, id).map(rotated -> RestResponse.ok(IssuedWebhook.of(known(rotated)))));
    }

    @POST
    @TakesNoBody
    @Path("/{id}/enable")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "enableWebhook",
            summary = "Enable it again",
            description =
                    "For a subscription that was disabled because its endpoint answered 410 or accepted nothing for days. Events from the meantime are not sent.")
    @APIResponseSchema(value = WebhookView.class, responseCode = "200", responseDescription = "The subscription")
    public Uni<Response> enable(
            @BeanParam IdempotencyKey key,
            @PathParam("id") @Parameter(description = "The subscription's id", example = ID) String id) {
        var tenant = caller.tenant();
        return keyed.answered(key, work -> webhooks.enable(tenant, id).map(enabled -> RestResponse.ok(known(enabled))));
    }

    @POST
    @TakesNoBody
    @Path("/{id}/test")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "testWebhook",
            summary = "Send a test event",
            description = "An event of type `NotificationStatusTest`, signed and retried like any other.")
    @APIResponseSchema(value = FiredTest.class, responseCode = "202", responseDescription = "Queued")
    @APIResponse(responseCode = "404", description = "No such subscription in your tenant, or it is disabled")
    public Uni<Response> test(
            @BeanParam IdempotencyKey key,
            @PathParam("id") @Parameter(description = "The subscription's id", example = ID) String id) {
        var tenant = caller.tenant();
        return keyed.answered(
                key,
                work -> webhooks.test(tenant, id)
                        .map(fired -> RestResponse.status(RestResponse.Status.ACCEPTED, new FiredTest(known(fired)))));
    }

    @GET
    @Path("/{id}/attempts")
    @Operation(
            operationId = "listWebhookAttempts",
            summary = "What a subscriber was sent, and answered",
            description = """
            The events of a subscription, newest first, each with its latest attempts: when, how long it took, the status that was answered
            or why there was no answer, and when it is tried again. Without contents and secrets.""")
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<WebhookAttemptsView> attempts(
            @PathParam("id") @Parameter(description = "The subscription's id", example = ID) String id,
            @BeanParam PageQuery page) {
        var check = new QueryCheck();
        var cursor = page.after(check);
        var most = page.limit(check);
        check.done();
        return (Ids.isId(id)
                        ? webhooks.attempts(caller.tenant(), id, cursor, most)
                        : Uni.createFrom().item(Optional.<WebhookAttemptsView>empty()))
                .map(WebhookResource::known);
    }

    private static <T> T known(Optional<T> found) {
        return found.orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No webhook has this id"));
    }
}
