package dev.carillon.notification.publishing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LayoutsApiTest {

    private static final String FINE =
            "<html><body><h1>{#insert title}{/insert}</h1>{#insert greeting}{/insert}{#insert}{/insert}{#insert thanks}{/insert}<p>New: {#insert footer}{/insert}</p></body></html>";

    /** Other tests read mails in the files' layout. */
    @AfterEach
    void back() {
        given().delete("/api/v1/layouts/email");
        given().delete("/api/v1/layouts/email/draft");
    }

    @Test
    void a_layout_is_drafted_previewed_published_rolled_back_and_taken_away() {
        // Given
        var files = given().get("/api/v1/layouts/email")
                .then()
                .statusCode(200)
                .body("origin", equalTo("file"))
                .body("usedBy", hasItems("ORDER_SHIPPED", "PRICE_DROP_ALERT"))
                .extract()
                .<String>path("version");
        given().get("/api/v1/layouts")
                .then()
                .statusCode(200)
                .body("layout", contains("email"))
                .body("files", contains((Object) null));

        // When
        var tag = put(FINE).statusCode(201).body("breaks", empty()).extract().<String>path("tag");

        // Then
        preview("{\"channel\": \"email\", \"version\": \"draft\"}")
                .statusCode(200)
                .body("html", containsString("<p>New: "));
        preview("{\"channel\": \"email\"}").statusCode(200).body("html", not(containsString("<p>New: ")));
        publish("\"another\"").statusCode(412);
        publish("\"" + tag + "\"")
                .statusCode(200)
                .body("version", equalTo("v1"))
                .body("origin", equalTo("api"));
        given().contentType(ContentType.JSON)
                .body("{\"channel\": \"email\"}")
                .post("/api/v1/templates/ORDER_SHIPPED/preview")
                .then()
                .statusCode(200)
                .body("html", containsString("<p>New: "));
        given().get("/api/v1/layouts/email/draft").then().statusCode(404);

        // When
        put(FINE.replace("New", "Newer")).statusCode(201);
        publish(null).statusCode(200).body("version", equalTo("v2"));
        given().contentType(ContentType.JSON)
                .body(Map.of("version", "v1"))
                .post("/api/v1/layouts/email/rollback")
                .then()
                .statusCode(200)
                .header("ETag", "\"v1\"")
                .body("files", equalTo(Map.of("email.html", FINE)));
        given().get("/api/v1/layouts/email/versions/v2")
                .then()
                .statusCode(200)
                .body("files.'email.html'", containsString("Newer"));

        // Then
        given().delete("/api/v1/layouts/email").then().statusCode(204);
        given().get("/api/v1/layouts/email").then().body("version", equalTo(files));
        given().delete("/api/v1/layouts/email").then().statusCode(409);
        given().get("/api/v1/layouts/email/history")
                .then()
                .statusCode(200)
                .body("change", contains("deleted", "rolled-back", "published", "published"));
    }

    @Test
    void one_that_breaks_types_is_drafted_with_their_names_and_not_published() {
        put("<p>{brand}</p>{#insert}{/insert}")
                .statusCode(201)
                .body("breaks.type", hasItems("ORDER_SHIPPED", "PRICE_DROP_ALERT"))
                .body("breaks[0].file", equalTo("_layout/email.html"))
                .body("breaks[0].line", equalTo(1));
        publish(null)
                .statusCode(409)
                .body("detail", containsString("ORDER_SHIPPED"))
                .body("errors.detail", hasItem(containsString("brand")));
        preview("{\"channel\": \"email\", \"version\": \"draft\"}").statusCode(422);
        given().get("/api/v1/layouts/email").then().body("origin", equalTo("file"));
    }

    @Test
    void what_is_no_layout_is_refused_with_its_place() {
        put("one\n{#if}")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/files/email.html"))
                .body("errors[0].line", equalTo(2));
        given().contentType(ContentType.JSON)
                .body(Map.of("files", Map.of("page.html", "x")))
                .put("/api/v1/layouts/page/draft")
                .then()
                .statusCode(422);
        for (var path : new String[] {"nope", "nope/draft", "nope/history", "email/versions/v99"}) {
            given().get("/api/v1/layouts/" + path).then().statusCode(404);
        }
        given().delete("/api/v1/layouts/nope").then().statusCode(404);
        given().post("/api/v1/layouts/email/publish").then().statusCode(409);
    }

    private static ValidatableResponse put(String html) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("files", Map.of("email.html", html)))
                .put("/api/v1/layouts/email/draft")
                .then();
    }

    private static ValidatableResponse publish(String expected) {
        var request = given();
        return (expected == null ? request : request.header("If-Match", expected))
                .post("/api/v1/layouts/email/publish")
                .then();
    }

    private static ValidatableResponse preview(String request) {
        return given().contentType(ContentType.JSON)
                .body(request)
                .post("/api/v1/layouts/email/preview/ORDER_SHIPPED")
                .then();
    }
}
