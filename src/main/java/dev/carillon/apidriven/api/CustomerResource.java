package dev.carillon.apidriven.api;

import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Who can be told, and where they are reached. */
@Path("/api/v1/customers/{customerId}")
@Tag(name = "Customers")
class CustomerResource {

    /** Contact details; what is left out is unknown from now on. */
    @RegisterForReflection
    @Schema(name = "Customer")
    record CustomerBody(
            @Schema(examples = "Alice Johnson") @Nullable @Size(max = 200, message = "must have at most 200 characters")
            @Pattern(regexp = NotificationRequest.NO_CONTROLS, message = "must hold no control characters") String name,
            @Schema(examples = "alice@example.com") @Nullable @Size(max = 254, message = "must have at most 254 characters")
            @Pattern(regexp = "[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+", message = "must be an email address") String email,
            @Schema(examples = "+1-555-0101") @Nullable @Pattern(regexp = "\\+?[0-9][0-9 ().-]{5,24}", message = "must be a phone number") String phone,
            @Schema(examples = "gold") @Nullable @Size(max = 50, message = "must have at most 50 characters")
            @Pattern(regexp = NotificationRequest.NO_CONTROLS, message = "must hold no control characters") String segment) {
    }

    private final RecipientDirectory recipients;
    private final Transactions transactions;
    private final Caller caller;
    private final Clock clock;

    CustomerResource(RecipientDirectory recipients, Transactions transactions, Caller caller, Clock clock) {
        this.recipients = recipients;
        this.transactions = transactions;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(summary = "A customer's contact details")
    @APIResponse(responseCode = "200", description = "The contact details", content = @Content(schema = @Schema(implementation = CustomerBody.class)))
    @APIResponse(responseCode = "404", description = "Nobody knows the customer", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<CustomerBody> find(String customerId) {
        var tenant = caller.tenant();
        return transactions.inTransaction(tx -> recipients.find(tx, tenant, customerId))
                .map(found -> body(found.orElseThrow(() -> new ProblemException(ProblemType.UNKNOWN_CUSTOMER, "Nobody is known as " + customerId))));
    }

    @PUT
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(summary = "Keep a customer's contact details", description = "Replaces what was known.")
    @APIResponse(responseCode = "200", description = "What is known now", content = @Content(schema = @Schema(implementation = CustomerBody.class)))
    @APIResponse(responseCode = "422", description = "A field is not valid; the pointer names it", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<CustomerBody> keep(@Size(max = 200, message = "must have at most 200 characters") @Pattern(regexp = NotificationRequest.NO_CONTROLS, message = "must hold no control characters") String customerId,
                                  @Valid @NotNull(message = "is required") CustomerBody body) {
        var contact = new Contact(caller.tenant(), customerId, body.name(), body.email(), body.phone(), body.segment(), Map.of(), clock.instant());
        return transactions.inTransaction(tx -> recipients.keep(tx, List.of(contact))).replaceWith(body);
    }

    private static CustomerBody body(Recipient recipient) {
        return new CustomerBody(recipient.name(), recipient.email(), recipient.phone(), recipient.segment());
    }
}
