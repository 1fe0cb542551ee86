package dev.carillon.platform.telemetry;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As the image for Kubernetes is built: metrics and health are on a port of their own, without a key, and there only. */
@QuarkusTest
@TestProfile(ManagementInterfaceTest.AsForKubernetes.class)
class ManagementInterfaceTest {

    public static final class AsForKubernetes implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.management.enabled",
                    "true",
                    "quarkus.management.test-port",
                    "0",
                    "carillon.security.open",
                    "false",
                    "carillon.admin-key",
                    "an-admin-key-of-the-management-test");
        }
    }

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void the_management_port_asks_for_no_key() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get(management.resolve("/q/metrics"))
                        .then()
                        .statusCode(200)
                        .body(containsString("# HELP carillon_queue_age_seconds ")));
        for (var probe : new String[] {"live", "ready"}) {
            given().get(management.resolve("/healthz/" + probe))
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("UP"));
            given().get(management.resolve("/q/health/" + probe))
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("UP"));
        }
        given().get(management.resolve("/api/v1/templates")).then().statusCode(404);
    }

    @Test
    void the_main_port_has_none_of_it() {
        given().get("/q/metrics").then().statusCode(401);
        given().header("X-API-Key", "an-admin-key-of-the-management-test")
                .get("/q/metrics")
                .then()
                .statusCode(404);
        given().header("Authorization", "Bearer an-admin-key-of-the-management-test")
                .get("/api/v1/templates")
                .then()
                .statusCode(200);
    }

    @Test
    void the_document_of_the_api_is_where_the_api_is() {
        given().get("/q/openapi").then().statusCode(200);
        given().get("/docs/").then().statusCode(200);
        given().get(management.resolve("/q/openapi")).then().statusCode(404);
    }
}
