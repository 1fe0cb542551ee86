package dev.carillon.notification.customer;

import dev.carillon.notification.erasure.Erasure;
import dev.carillon.notification.erasure.Erasures;
import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.ContactCheck;
import dev.carillon.notification.recipient.KnownRegions;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.notification.recipient.UnknownCustomer;
import dev.carillon.platform.id.CustomerId;
import dev.carillon.platform.rest.Conditional;
import dev.carillon.platform.rest.Created;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.Versioned;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The API for customers and their contact details. */
@Path("/api/v1/customers/{customerId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Customers", description = "Who can be notified, and their addresses.")
class CustomerResource {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final RecipientDirectory recipients;
    private final ContactCheck check;
    private final Erasures erasures;
    private final Transactions transactions;
    private final Caller caller;

    CustomerResource(
            RecipientDirectory recipients,
            ContactCheck check,
            Erasures erasures,
            Transactions transactions,
            Caller caller) {
        this.recipients = recipients;
        this.check = check;
        this.erasures = erasures;
        this.transactions = transactions;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "getCustomer",
            summary = "A customer's contact details",
            description = "What is stored about them now, for both doors.")
    @APIResponse(responseCode = "200", description = "The contact details")
    public Uni<CustomerBody> find(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId) {
        var tenant = caller.tenant();
        return transactions
                .inTransaction(tx -> recipients.find(tx, tenant, customerId))
                .map(found -> CustomerBody.of(found.orElseThrow(() -> UnknownCustomer.refusal(customerId))));
    }

    @PUT
    @Conditional
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(operationId = "putCustomer", summary = "Set a customer's contact details", description = """
            Replaces what was stored, including attributes from events. At most 100 attributes of at most 4,096 characters, 32,768 in all.""")
    @APIResponse(responseCode = "200", description = "What is stored now")
    @APIResponse(responseCode = "201", description = "The customer is new")
    @APIResponse(responseCode = "409", description = "The version is not the current one")
    public Uni<RestResponse<CustomerBody>> keep(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId,
            @BeanParam Preconditions expected,
            @Valid @NotNull(message = "is required") CustomerBody body) {
        var tenant = caller.tenant();
        var customer = new RecipientKey(tenant, customerId);
        return KnownRegions.reading(
                        known -> body.checked(check, () -> known.of(customer)),
                        asked -> transactions.inTransaction(tx -> recipients.regions(tx, asked)))
                .invoke(said -> ProblemException.ifAny(said.errors()))
                .chain(said -> keep(customer, expected, body, said.said()));
    }

    private Uni<RestResponse<CustomerBody>> keep(
            RecipientKey customer, Preconditions expected, CustomerBody body, Map<String, @Nullable Object> details) {
        var tenant = customer.tenant();
        var customerId = customer.customerId();
        return transactions.inTransaction(tx -> recipients
                .nextAct(tx)
                .chain(act -> recipients
                        .find(tx, tenant, customerId)
                        .invoke(before -> expected.verify(before.map(known -> String.valueOf(known.version()))
                                .orElse(null)))
                        .invoke(before -> Versioned.requireCurrent(
                                body.version(), before.map(Recipient::version).orElse(0)))
                        .chain(before -> recipients
                                .keep(tx, List.of(new Contact(tenant, customerId, details, true, act, act.position())))
                                .chain(() -> recipients.find(tx, tenant, customerId))
                                .map(kept -> CustomerBody.of(kept.orElseThrow()))
                                .map(kept -> before.isPresent()
                                        ? RestResponse.ok(kept)
                                        : Created.at("/api/v1/customers/{id}", customerId, kept)))));
    }

    @DELETE
    @Conditional
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(operationId = "eraseCustomer", summary = "Erase a customer", description = """
            Erases contact details, preferences, the inbox and the data of their events; withdraws messages that are held or queued. The
            record that they were notified, when and why stays, without texts and addresses. It cannot be undone, and runs to its end once
            it is answered.""")
    @APIResponse(
            responseCode = "202",
            description = "Contact details, preferences and inbox are erased; the rest is being erased")
    @APIResponse(responseCode = "204", description = "Nothing is left")
    public Uni<Response> erase(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId,
            @BeanParam Preconditions expected) {
        return erasures.begin(caller.tenant(), customerId, known -> expected.verify(String.valueOf(known.version())))
                .map(begun -> begun.orElseThrow(() -> UnknownCustomer.refusal(customerId)))
                .chain(this::finished)
                .map(done -> Response.status(done ? Response.Status.NO_CONTENT : Response.Status.ACCEPTED)
                        .build());
    }

    /** Waits a moment for the erasure to finish; otherwise it goes on in the background. */
    private Uni<Boolean> finished(Erasure erasure) {
        var finish = Uni.createFrom()
                .<Boolean>emitter(done -> erasures.finish(erasure).subscribe().with(done::complete, done::fail));
        return finish.ifNoItem()
                .after(DEADLINE)
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(failure -> {
                    Log.errorf("erasure failed; it resumes when its lease ends: cause=%s", PgFailures.nameOf(failure));
                    return false;
                });
    }
}
