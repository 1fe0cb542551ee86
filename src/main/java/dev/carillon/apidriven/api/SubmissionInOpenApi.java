package dev.carillon.apidriven.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Describes a submission's two forms of answer in the OpenAPI document. Most generators give an operation one type,
 * that of the lowest status, so the 200's schema has the fields of both and requires only those that both have.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class SubmissionInOpenApi implements OASFilter {

    private static final String NAME = "Submission";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var schemas = document.getComponents().getSchemas();
        var accepted = schemas.get("Accepted");
        var submission = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description(
                        "The outcome of a submission: a Notification when it is known; else only the fields of Accepted.");
        accepted.getProperties().forEach(submission::addProperty);
        schemas.get("Notification").getProperties().forEach(submission::addProperty);
        submission.addProperty("status", status(accepted.getProperties().get("status"), schemas.get("Status")));
        submission.setRequired(List.of("trackingId", "status"));
        document.getComponents().addSchema(NAME, submission);
        document.getPaths()
                .getPathItem(NotificationResource.PATH)
                .getPOST()
                .getResponses()
                .getAPIResponse("200")
                .getContent()
                .getMediaTypes()
                .values()
                .forEach(media -> media.setSchema(OASFactory.createSchema().ref("#/components/schemas/" + NAME)));
    }

    private static Schema status(Schema accepted, Schema known) {
        var words = new ArrayList<>(accepted.getEnumeration());
        known.getEnumeration().stream().filter(word -> !words.contains(word)).forEach(words::add);
        return OASFactory.createSchema()
                .addType(SchemaType.STRING)
                .description("accepted while nothing more is known")
                .enumeration(words);
    }
}
