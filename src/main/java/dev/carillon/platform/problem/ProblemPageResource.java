package dev.carillon.platform.problem;

import dev.carillon.platform.files.BundledFiles;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

import java.util.Arrays;

/** What a problem's {@code type} stands for, under the path that it names. */
@Path("/problems/{name}")
@SecurityRequirements
@Tag(name = "Problems", description = "What a problem's `type` stands for, and what to do about it.")
class ProblemPageResource {

    private static final String TEXT = MediaType.TEXT_PLAIN + ";charset=UTF-8";

    @GET
    @PermitAll
    @Produces(TEXT)
    @Operation(operationId = "getProblemPage", summary = "What a problem means", description = "The page of a problem's `type`, as Markdown. No key is needed.")
    @APIResponse(responseCode = "200", description = "The page", content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class),
            examples = @ExampleObject(name = "not found", value = "# Nothing here")))
    @APIResponse(responseCode = "404", description = "There is no such type")
    public RestResponse<String> page(@PathParam("name") @Parameter(description = "The end of the type's address", example = "not-found") String name) {
        var type = Arrays.stream(ProblemType.values()).filter(one -> one.slug().equals(name)).findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No problem has this type"));
        return RestResponse.ResponseBuilder.ok(BundledFiles.required("problems/" + type.slug() + ".md"), TEXT).header("Cache-Control", "max-age=3600").build();
    }
}
