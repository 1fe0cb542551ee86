package dev.carillon.testing;

import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.Locale;

/**
 * Holds every answer that a test gets against the document that the same service serves: a client made of that document reads it.
 * {@link DocumentedStories} puts it between all tests and the service, so that whatever a story meets, happy or bad, is checked.
 */
final class AnswersAsDocumented implements Filter {

    private static final String PROBLEM = "/components/schemas/Problem";

    private static volatile ApiDocument document;

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        var response = context.next(request, expected);
        var uri = URI.create(request.getURI());
        var media = media(response);
        if (media.endsWith("json")
                && uri.getRawPath() != null
                && uri.getPort() == RestAssured.port) { // the management port has no API
            check(request.getMethod(), uri, response, media);
        }
        return response;
    }

    private static void check(String method, URI uri, Response response, String media) {
        var api = document(uri);
        api.operation(method, uri.getRawPath()).ifPresent(operation -> {
            var body = response.asString();
            var refusedByHttp = response.statusCode() >= 400 && !operation.answers(response.statusCode());
            var findings = refusedByHttp
                    ? api.findings(PROBLEM, body)
                    : api.findingsIn(operation, response.statusCode(), media, body);
            if (!findings.isEmpty()) {
                throw new AssertionError(operation.name() + " answers other than the document of the API says: "
                        + findings + "\n" + response.statusCode() + " " + body);
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
