package dev.carillon.notification.customer;

import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.recipient.PreferencesCheck;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.recipient.UnknownCustomer;
import dev.carillon.platform.id.CustomerId;
import dev.carillon.platform.rest.Conditional;
import dev.carillon.platform.rest.Created;
import dev.carillon.platform.rest.Preconditions;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.Versioned;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The API for a customer's preferences. */
@Path("/api/v1/preferences/{customerId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Preferences", description = "What a customer wants to receive, and how.")
class PreferencesResource {

    private final RecipientDirectory recipients;
    private final PreferencesCheck check;
    private final Transactions transactions;
    private final Caller caller;

    PreferencesResource(
            RecipientDirectory recipients, PreferencesCheck check, Transactions transactions, Caller caller) {
        this.recipients = recipients;
        this.check = check;
        this.transactions = transactions;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(
            operationId = "getPreferences",
            summary = "A customer's preferences",
            description = "What they chose themselves; otherwise the category's default applies.")
    @APIResponse(responseCode = "200", description = "The preferences")
    public Uni<PreferencesBody> find(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId) {
        var tenant = caller.tenant();
        return transactions
                .inTransaction(tx -> known(tx, tenant, customerId))
                .map(found -> PreferencesBody.of(found.preferences()));
    }

    @PUT
    @Conditional
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(
            operationId = "putPreferences",
            summary = "Set a customer's preferences",
            description =
                    "Replaces earlier preferences. Applies to decisions from now on, and to messages that are held.")
    @APIResponse(responseCode = "200", description = "The preferences now")
    @APIResponse(responseCode = "201", description = "What applies now; there were no preferences before")
    @APIResponse(responseCode = "409", description = "The version is not the current one")
    @APIResponse(
            responseCode = "422",
            description =
                    "An unknown category, channel, time zone or property, or no frequency cap; the pointer names it")
    public Uni<RestResponse<PreferencesBody>> keep(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001")
                    String customerId,
            @BeanParam Preconditions expected,
            @Valid @NotNull(message = "is required") PreferencesBody body) {
        var said = check.check(
                body.asPreferences(),
                body.frequencyCap() == null ? null : body.frequencyCap().said());
        ProblemException.ifAny(said.errors());
        var tenant = caller.tenant();
        return transactions.inTransaction(tx -> recipients
                .nextAct(tx)
                .chain(act -> known(tx, tenant, customerId)
                        .invoke(before ->
                                expected.verify(said(before.preferences().version())))
                        .invoke(before -> Versioned.requireCurrent(
                                body.version(), before.preferences().version()))
                        .chain(before -> recipients
                                .keepPreferences(
                                        tx,
                                        List.of(new PreferencesAsOf(
                                                tenant, customerId, said.preferences(), true, act, act.position())))
                                .chain(() -> known(tx, tenant, customerId))
                                .map(kept -> PreferencesBody.of(kept.preferences()))
                                .map(kept -> said(before.preferences().version()) == null
                                        ? Created.at("/api/v1/preferences/{id}", customerId, kept)
                                        : RestResponse.ok(kept)))));
    }

    /** Null for a customer without preferences so far. */
    private static @Nullable String said(int version) {
        return version == 0 ? null : String.valueOf(version);
    }

    private Uni<Recipient> known(Tx tx, String tenant, String customerId) {
        return recipients
                .find(tx, tenant, customerId)
                .map(found -> found.orElseThrow(() -> UnknownCustomer.refusal(customerId)));
    }
}
