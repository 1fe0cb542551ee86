package dev.carillon.platform.rest;

import dev.carillon.platform.files.BundledFiles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Serves the documentation of a problem {@code type} under the path it names. */
@Path("/problems/{name}")
@SecurityRequirements
@Tag(name = "Problems", description = "What a problem's `type` stands for, and what to do about it.")
class ProblemPageResource {

    private static final MediaType MARKDOWN = new MediaType("text", "markdown");
    /**
     * The most used form is first. It is also the answer for clients that accept none of them: refusing a page about
     * refusals helps nobody.
     */
    private static final List<MediaType> FORMS =
            List.of(MediaType.TEXT_PLAIN_TYPE, MARKDOWN, MediaType.TEXT_HTML_TYPE, MediaType.APPLICATION_JSON_TYPE);

    /** A problem's page as JSON. */
    @RegisterForReflection
    @Schema(description = "What a problem's `type` stands for.")
    record ProblemPage(
            @Schema(description = "The kind of problem", examples = "https://carillon.dev/problems/not-found")
            URI type,

            @Schema(description = "The kind as a title", examples = "Nothing here")
            String title,

            @Schema(description = "The HTTP status", examples = "404")
            int status,

            @Schema(description = "What it means and what to do, as Markdown", examples = "# Nothing here")
            String documentation) {}

    @GET
    @PermitAll
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "getProblemPage", summary = "What a problem means", description = """
            The page of a problem's `type`: as Markdown, as HTML or within JSON, whatever `Accept` asks for. No key is needed.""")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content = {
                @Content(
                        mediaType = MediaType.TEXT_PLAIN,
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "not found", value = "# Nothing here")),
                @Content(
                        mediaType = "text/markdown",
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "not found", value = "# Nothing here")),
                @Content(
                        mediaType = MediaType.TEXT_HTML,
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "not found", value = "<!doctype html>…")),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ProblemPage.class),
                        examples = @ExampleObject(name = "not found", value = """
                    {"type": "https://carillon.dev/problems/not-found", "title": "Nothing here", "status": 404, "documentation": "# Nothing here"}"""))
            })
    @APIResponse(responseCode = "404", description = "There is no such type")
    public RestResponse<Object> page(
            @PathParam("name") @Parameter(description = "The end of the type's address", example = "not-found")
                    String name,
            @Context HttpHeaders headers) {
        var type = Arrays.stream(ProblemType.values())
                .filter(one -> one.slug().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No problem has this type"));
        var form = wanted(headers);
        return RestResponse.ResponseBuilder.ok(
                        as(form, type), form.withCharset("UTF-8").toString())
                .header(HttpHeaders.CACHE_CONTROL, "max-age=3600")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    /** The first of those accepted that we have; they come in the order of preference. */
    private static MediaType wanted(HttpHeaders headers) {
        return headers.getAcceptableMediaTypes().stream()
                .flatMap(accepted -> FORMS.stream().filter(accepted::isCompatible))
                .findFirst()
                .orElse(FORMS.get(0));
    }

    private static Object as(MediaType form, ProblemType type) {
        var page = BundledFiles.required("problems/" + type.slug() + ".md");
        if (form.equals(MediaType.APPLICATION_JSON_TYPE)) {
            return new ProblemPage(type.uri(), type.title(), type.status(), page);
        }
        return form.equals(MediaType.TEXT_HTML_TYPE) ? html(type.title(), page) : page;
    }

    /** Markdown reads well as it is. */
    private static String html(String title, String page) {
        return "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>%s</title>\n<pre style=\"white-space: pre-wrap\">%s</pre>\n</html>\n"
                .formatted(escaped(title), escaped(page));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
