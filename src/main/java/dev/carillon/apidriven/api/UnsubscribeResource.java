package dev.carillon.apidriven.api;

import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.Category;
import dev.carillon.notification.unsubscribe.Subscription;
import dev.carillon.notification.unsubscribe.Unsubscribing;
import dev.carillon.platform.problem.ProblemException;
import dev.carillon.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where the unsubscribe link of a mail leads: to look acts not, to post does (RFC 8058). The link itself is the credential. */
@Path(Unsubscribing.PATH + "/{token}")
@Produces(MediaType.TEXT_HTML)
@Tag(name = "Preferences")
class UnsubscribeResource {

    private static final String PAGE = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>Unsubscribe</title></head>
            <body><p>%s</p></body></html>""";
    private static final String ASKED = PAGE.formatted("%s: do you not want these by %s any more?</p><form method=\"post\"><button>Unsubscribe</button></form><p>");

    private final Unsubscribing unsubscribing;
    private final Categories categories;

    UnsubscribeResource(Unsubscribing unsubscribing, Categories categories) {
        this.unsubscribing = unsubscribing;
        this.categories = categories;
    }

    @GET
    @PermitAll
    @Operation(operationId = "showUnsubscribePage", summary = "Ask before unsubscribing", description = "A page with a button. Mail scanners follow links, so nothing is changed by looking.")
    @APIResponse(responseCode = "200", description = "The page", content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING),
            examples = @ExampleObject(name = "page", value = "<!doctype html>…")))
    @APIResponse(responseCode = "404", description = "Not one of our links")
    public String look(@PathParam("token") @Parameter(description = "From the mail", example = "ZGVmYXVsdAp…") String token) {
        var subscription = known(token);
        var what = categories.category(subscription.category()).map(Category::description).orElse(subscription.category());
        return ASKED.formatted(escaped(what), escaped(subscription.channel()));
    }

    @POST
    @PermitAll
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "unsubscribe", summary = "Unsubscribe with one click", description = """
            No more messages of this category on this channel, from now on and of what is waiting. Needs no cookie and no credentials but the link;
            mail programs post `List-Unsubscribe=One-Click`. To do it twice changes nothing.""")
    @APIResponse(responseCode = "200", description = "Done", content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING),
            examples = @ExampleObject(name = "page", value = "<!doctype html>…")))
    @APIResponse(responseCode = "404", description = "Not one of our links")
    public Uni<String> unsubscribe(@PathParam("token") @Parameter(description = "From the mail", example = "ZGVmYXVsdAp…") String token) {
        return unsubscribing.unsubscribe(known(token)).replaceWith(PAGE.formatted("You will not get these any more."));
    }

    private Subscription known(String token) {
        return unsubscribing.read(token).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "This is not one of our links"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
