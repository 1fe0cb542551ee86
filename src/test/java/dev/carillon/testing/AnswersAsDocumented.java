package dev.carillon.testing;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Holds every answer that a test gets against the document that the same service serves: a client made of that document reads it.
 * {@link DocumentedStories} puts it between all tests and the service, so that whatever a story meets, happy or bad, is checked.
 */
final class AnswersAsDocumented implements Filter {

    /** What HTTP answers before there is an operation, and what must never be. */
    private static final Set<Integer> OF_NO_OPERATION = Set.of(405, 406, 500);

    private static volatile ApiDocument document;

    @Override
    public Response filter(FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        var response = context.next(request, expected);
        var uri = URI.create(request.getURI());
        var media = media(response);
        if (media.endsWith("json") && !OF_NO_OPERATION.contains(response.statusCode()) && uri.getRawPath() != null) {
            check(request.getMethod(), uri, response, media);
        }
        return response;
    }

    private static void check(String method, URI uri, Response response, String media) {
        var api = document(uri);
        api.operation(method, uri.getRawPath()).ifPresent(operation -> {
            var body = response.asString();
            var findings = api.findingsIn(operation, response.statusCode(), media, body);
            if (!findings.isEmpty()) {
                throw new AssertionError(operation.name() + " answers other than the document of the API says: " + findings + "\n" + response.statusCode() + " " + body);
            }
        });
    }

    private static String media(Response response) {
        var type = response.contentType() == null ? "" : response.contentType();
        return type.split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    private static ApiDocument document(URI uri) {
        if (document == null) {
            try {
                document = ApiDocument.servedAt(uri.resolve("/"));
            } catch (Exception e) {
                throw new AssertionError("The service does not serve its document", e);
            }
        }
        return document;
    }
}
