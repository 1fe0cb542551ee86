package dev.carillon.platform.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Corrects the OpenAPI schemas that are derived from Java. A Bean Validation pattern matches the whole text in Java's
 * dialect, a JSON Schema pattern any part of it in ECMAScript's. A reference needs no type beside it.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class PortableSchemas implements OASFilter {

    private static final String ANYTHING_VISIBLE = "\\S";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        new Schemas(document).all().forEach(PortableSchemas::mend);
    }

    private static void mend(Schema schema) {
        if (schema.getRef() != null) {
            schema.setType(null);
        }
        var pattern = schema.getPattern();
        if (pattern != null && !pattern.equals(ANYTHING_VISIBLE) && !pattern.startsWith("^")) {
            schema.setPattern("^(?:" + pattern.replace("\\p{Cc}", "\\u0000-\\u001f\\u007f-\\u009f") + ")$");
        }
    }
}
