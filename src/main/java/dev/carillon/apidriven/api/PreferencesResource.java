package dev.carillon.apidriven.api;

import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.template.Categories;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** What a customer wants to hear, and how. */
@Path("/api/v1/preferences/{customerId}")
@Tag(name = "Preferences")
class PreferencesResource {

    private final RecipientDirectory recipients;
    private final Categories categories;
    private final Transactions transactions;
    private final Caller caller;
    private final Clock clock;

    PreferencesResource(RecipientDirectory recipients, Categories categories, Transactions transactions, Caller caller, Clock clock) {
        this.recipients = recipients;
        this.categories = categories;
        this.transactions = transactions;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.SENDER, Roles.READER})
    @Operation(summary = "A customer's preferences", description = "What they said themselves; where they said nothing, the category's default holds.")
    @APIResponse(responseCode = "200", description = "The preferences", content = @Content(schema = @Schema(implementation = Preferences.class)))
    @APIResponse(responseCode = "404", description = "Nobody knows the customer", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Preferences> find(String customerId) {
        return known(caller.tenant(), customerId).map(Recipient::preferences);
    }

    @PUT
    @RolesAllowed({Roles.ADMIN, Roles.SENDER})
    @Operation(summary = "Keep a customer's preferences", description = "Replaces what they said before; holds for everything decided from now on.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "some of each", value = """
            {"preferences": {"price_alerts": {"email": true, "sms": false}}, "channels": {"sms": true}, "categories": {"promotions": false}}""")))
    @APIResponse(responseCode = "200", description = "What holds now", content = @Content(schema = @Schema(implementation = Preferences.class)))
    @APIResponse(responseCode = "404", description = "Nobody knows the customer", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "422", description = "An unknown category or property; the pointer names it", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Preferences> keep(String customerId, @NotNull(message = "is required") Preferences preferences) {
        check(preferences);
        var tenant = caller.tenant();
        return known(tenant, customerId)
                .chain(found -> transactions.inTransaction(tx ->
                        recipients.keepPreferences(tx, List.of(new PreferencesAsOf(tenant, customerId, preferences, clock.instant())))))
                .replaceWith(preferences);
    }

    private Uni<Recipient> known(String tenant, String customerId) {
        return transactions.inTransaction(tx -> recipients.find(tx, tenant, customerId))
                .map(found -> found.orElseThrow(() -> new ProblemException(ProblemType.UNKNOWN_CUSTOMER, "Nobody is known as " + customerId)));
    }

    private void check(Preferences preferences) {
        var unknown = Stream.concat(
                        preferences.choices().keySet().stream().map(category -> new Named(category, "/preferences/" + category)),
                        preferences.categories().keySet().stream().map(category -> new Named(category, "/categories/" + category)))
                .filter(named -> categories.category(named.category()).isEmpty())
                .map(named -> new FieldError("is not a known category", named.pointer())).toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(Problem.invalid(unknown));
        }
    }

    private record Named(String category, String pointer) {
    }
}
