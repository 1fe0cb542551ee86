package dev.carillon.notification.customer;

import dev.carillon.notification.recipient.CustomerPage;
import dev.carillon.notification.recipient.CustomerSearch;
import dev.carillon.platform.rest.QueryCheck;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API for finding customers. */
@Path("/api/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customers", description = "Who can be notified, and their addresses.")
class CustomerSearchResource {

    private final CustomerSearch search;
    private final Caller caller;

    CustomerSearchResource(CustomerSearch search, Caller caller) {
        this.search = search;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(operationId = "listCustomers", summary = "Find customers", description = """
            By the beginning of the id; of the email address, where it has an @; of the phone number, where it looks like one; else of each word
            of the name, without regard to case, accents and order. Those found by their id come first. Without `q` all, in the order
            of their ids.""")
    @APIResponse(responseCode = "200", description = "A page")
    public Uni<CustomerPage> list(
            @QueryParam("q") @Parameter(description = "What to look for", example = "alice") @Nullable String q,
            @QueryParam("after")
                    @Parameter(description = "`next` of the page before", example = "aR8fY3VzdC0wMDE")
                    @Nullable
                    String after,
            @QueryParam("limit")
                    @Parameter(
                            description = "1 to 200, 50 by default",
                            example = "50",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String limit) {
        var check = new QueryCheck();
        var sought = q == null || q.isBlank() ? null : check.text("q", q);
        var cursor = check.cursor("after", after, text -> Optional.of(text).filter(search::isCursor));
        var most = check.limit(limit, 50, 200);
        check.done();
        return search.page(caller.tenant(), sought, cursor, most);
    }
}
