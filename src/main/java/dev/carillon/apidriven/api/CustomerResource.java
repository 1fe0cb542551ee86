package dev.carillon.apidriven.api;

import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.latest.Stamp;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who can be told, and where they are reached. */
@Path("/api/v1/customers/{customerId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Customers", description = "Who can be told, and where they are reached.")
class CustomerResource {

    private static final String ALICE = """
            {"name": "Alice Johnson", "email": "alice@example.com", "phone": "+1-555-0101", "segment": "gold", "version": 1}""";

    /** Contact details; what is left out is unknown from now on. */
    @RegisterForReflection
    @Schema(name = "Customer", description = "Contact details; what is left out is unknown from now on.")
    record CustomerBody(
            @Schema(description = "As templates address them", examples = "Alice Johnson")
            @Nullable @Size(max = 200, message = "must have at most 200 characters") @NoControls String name,
            @Schema(description = "Where email goes", examples = "alice@example.com")
            @Nullable @Size(max = 254, message = "must have at most 254 characters")
            @Pattern(regexp = "[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+", message = "must be an email address") String email,
            @Schema(description = "Where SMS go", examples = "+1-555-0101")
            @Nullable @Pattern(regexp = "\\+?[0-9][0-9 ().-]{5,24}", message = "must be a phone number") String phone,
            @Schema(description = "What rules may choose by", examples = "gold")
            @Nullable @Size(max = 50, message = "must have at most 50 characters") @NoControls String segment,
            @Schema(description = "Counts the changes. Sent along, it must be current (0: none yet), or it is a 409", examples = "1")
            @Nullable @PositiveOrZero(message = "must not be negative") Integer version) {

        Map<String, @Nullable Object> details() {
            var details = new LinkedHashMap<String, @Nullable Object>();
            details.put(Contact.NAME, name);
            details.put(Contact.EMAIL, email);
            details.put(Contact.PHONE, phone);
            details.put(Contact.SEGMENT, segment);
            return details;
        }

        static CustomerBody of(Recipient known) {
            return new CustomerBody(known.name(), known.email(), known.phone(), known.segment(), known.version());
        }
    }

    private final RecipientDirectory recipients;
    private final Transactions transactions;
    private final Caller caller;
    private final Ids ids;

    CustomerResource(RecipientDirectory recipients, Transactions transactions, Caller caller, Ids ids) {
        this.recipients = recipients;
        this.transactions = transactions;
        this.caller = caller;
        this.ids = ids;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(summary = "A customer's contact details", description = "What both doors know of them now.")
    @APIResponse(responseCode = "200", description = "The contact details",
            content = @Content(schema = @Schema(implementation = CustomerBody.class),
                    examples = @ExampleObject(name = "Alice", value = ALICE)))
    @APIResponse(responseCode = "404", description = "Nobody knows the customer")
    public Uni<CustomerBody> find(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001") String customerId) {
        var tenant = caller.tenant();
        return transactions.inTransaction(tx -> recipients.find(tx, tenant, customerId))
                .map(found -> CustomerBody.of(found.orElseThrow(() -> Refusals.unknownCustomer(customerId, "/customerId"))));
    }

    @PUT
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(summary = "Keep a customer's contact details", description = "Replaces what was known, attributes from events included.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "Alice", value = """
            {"name": "Alice Johnson", "email": "alice@example.com", "phone": "+1-555-0101", "segment": "gold"}""")))
    @APIResponse(responseCode = "200", description = "What is known now",
            content = @Content(schema = @Schema(implementation = CustomerBody.class),
                    examples = @ExampleObject(name = "Alice", value = ALICE)))
    @APIResponse(responseCode = "409", description = "The version is not the current one")
    public Uni<CustomerBody> keep(
            @PathParam("customerId") @CustomerId @Parameter(description = "The customer", example = "cust-001") String customerId,
            @Valid @NotNull(message = "is required") CustomerBody body) {
        var tenant = caller.tenant();
        return transactions.inTransaction(tx -> recipients.nextPosition(tx)
                .chain(position -> recipients.keep(tx, List.of(new Contact(tenant, customerId, body.details(), true, new Stamp(ids.now(), ids.next()), position))))
                .chain(() -> recipients.find(tx, tenant, customerId))
                .map(kept -> CustomerBody.of(kept.orElseThrow()))
                .invoke(kept -> Refusals.unlessFollowing(body.version(), kept.version())));
    }
}
