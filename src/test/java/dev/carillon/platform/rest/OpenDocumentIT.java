package dev.carillon.platform.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** In production a browser, which shows no key, reads the document and the page that shows it; what is called from there needs one. */
@PackagedTest
@ResourceLock(Production.SHARED)
class OpenDocumentIT {

    private static final Pattern RESOURCE =
            Pattern.compile("[\"'(]([A-Za-z][\\w./-]*\\.(?:js|css|png|ico|svg|html))[\"')]");

    private final PackagedService service = Production.service();

    @Test
    void the_document_is_read_without_a_key_in_both_forms() throws Exception {
        anybody()
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .contentType(containsString("yaml"))
                .body(containsString("openapi: 3.1"));
        anybody().accept(ContentType.JSON).get("/q/openapi").then().statusCode(200);
        anybody().head("/q/openapi").then().statusCode(200);
        var document = new ObjectMapper()
                .readTree(anybody()
                        .get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());

        assertThat(document.at("/components/securitySchemes/ApiKey/type").asText())
                .isEqualTo("apiKey");
        assertThat(document.at("/paths/~1api~1v1~1notifications/post/security")).isNotEmpty();
    }

    @Test
    void the_page_comes_with_all_that_it_loads() {
        var page = anybody()
                .redirects()
                .follow(true)
                .get("/docs")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
        var loaded = resources(page);
        assertThat(loaded).contains("swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css");

        for (var resource : loaded) {
            var answer = resource.startsWith("/")
                    ? anybody().get(resource)
                    : anybody().get("/docs/" + resource);
            assertThat(answer.statusCode()).as(resource).isEqualTo(200);
            assertThat(answer.asByteArray()).as(resource).isNotEmpty();
        }
        assertThat(page).contains("/q/openapi").doesNotContain("http://", "https://");
    }

    @Test
    void what_is_called_from_there_asks_for_the_key() {
        refused(anybody().contentType(ContentType.JSON).body("{}").post("/api/v1/notifications"));
        refused(anybody().get("/api/v1/templates"));
        anybody()
                .header("X-API-Key", Production.ADMIN_KEY)
                .get("/api/v1/templates")
                .then()
                .statusCode(200);
    }

    @Test
    void nothing_else_comes_with_it() {
        for (var path : Set.of(
                "/q/metrics",
                "/q/openapi/../metrics",
                "/docs/../q/metrics",
                "/docs/%2e%2e/q/metrics",
                "/q/openapi/%2e%2e/metrics",
                "//q/metrics",
                "/q/openapi-other",
                "/docsy",
                "/q",
                "/q/openapi/x")) {
            refused(anybody().urlEncodingEnabled(false).get(path));
        }
        for (var path : Set.of("/docs/..%2fq/metrics", "/docs/..%2f..%2fapi/v1/templates", "/docs/no-such-page")) {
            anybody().urlEncodingEnabled(false).get(path).then().statusCode(404);
        }
        refused(anybody().post("/docs/"));
        refused(anybody().post("/q/openapi"));
    }

    private static Set<String> resources(String page) {
        var found = new LinkedHashSet<String>();
        RESOURCE.matcher(page).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static void refused(Response response) {
        response.then().statusCode(401).contentType("application/problem+json");
    }

    private RequestSpecification anybody() {
        return given().baseUri(service.uri("").toString()).redirects().follow(false);
    }
}
