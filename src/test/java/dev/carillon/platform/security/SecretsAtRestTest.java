package dev.carillon.platform.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecretsAtRestTest {

    /** {@code %test.carillon.security.previous-encryption-keys} */
    private static final String PREVIOUS = "YSBrZXkgdGhhdCB3YXMgdXNlZCBiZWZvcmU6IGdvbmU=";

    @Inject
    Encryption encryption;

    @Inject
    Transactions transactions;

    @Inject
    @All
    List<StoredSecrets> tables;

    @Inject
    Pool pool;

    private final List<String> made = new ArrayList<>();

    @Test
    void no_secret_of_a_webhook_is_kept_in_the_clear_neither_a_new_one_nor_the_one_before() {
        // When
        var id = webhook();
        String rotated = given().post("/api/v1/webhooks/" + id + "/rotate")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");

        // Then
        var kept = kept(id);
        assertThat(kept).hasSize(2).allMatch(encryption::isCurrent);
        assertThat(encryption.decrypt(kept.get(0), "webhook/" + id)).isEqualTo(rotated);
        assertThat(encryption.decrypt(kept.get(1), "webhook/" + id))
                .startsWith("whsec_")
                .isNotEqualTo(rotated);
    }

    @Test
    void what_is_there_in_the_clear_is_taken_and_encrypted() {
        // Given
        var id = webhook();
        pool.preparedQuery(
                        "update webhook set secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', former_secret = 'whsec_AfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' where id = $1")
                .executeAndAwait(Tuple.of(id));
        pool.query("insert into service_secret (name, encrypted) values ('from before', 'aW4gdGhlIGNsZWFy')")
                .executeAndAwait();

        // When
        tables.forEach(table -> transactions.inTransaction(table::renew).await().atMost(Duration.ofSeconds(20)));

        // Then
        assertThat(kept(id))
                .allMatch(encryption::isCurrent)
                .extracting(one -> encryption.decrypt(one, "webhook/" + id))
                .containsExactly("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var secret = pool.query("select encrypted from service_secret where name = 'from before'")
                .executeAndAwait()
                .iterator()
                .next();
        assertThat(encryption.decrypt(secret.getString("encrypted"), "service_secret/from before"))
                .isEqualTo("aW4gdGhlIGNsZWFy");
        pool.query("delete from service_secret where name = 'from before'").executeAndAwait();
    }

    /** An answer with a secret is kept to be given again (ADR 0021): longer than a key may stay. */
    @Test
    void an_answer_that_was_kept_under_the_previous_key_is_renewed_and_given_again() {
        // Given
        var key = "renewed-" + UUID.randomUUID();
        var answer = asked(key).then().statusCode(201).extract().asString();
        var row = pool.preparedQuery("select tenant, caller, operation, body from idempotency_key where key = $1")
                .executeAndAwait(Tuple.of(key))
                .iterator()
                .next();
        var place = String.join(
                "\n",
                "idempotency_key",
                row.getString("tenant"),
                row.getString("caller"),
                row.getString("operation"),
                key);
        var plain = encryption.decrypt(row.getString("body"), place);
        var before = new Encryption(PREVIOUS, List.of()).encrypt(plain, place);
        pool.preparedQuery("update idempotency_key set body = $2 where key = $1")
                .executeAndAwait(Tuple.of(key, before));

        // When
        tables.forEach(table -> transactions.inTransaction(table::renew).await().atMost(Duration.ofSeconds(20)));

        // Then
        var now = pool.preparedQuery("select body from idempotency_key where key = $1")
                .executeAndAwait(Tuple.of(key))
                .iterator()
                .next()
                .getString("body");
        assertThat(encryption.isCurrent(now)).isTrue();
        assertThat(encryption.decrypt(now, place)).isEqualTo(plain).contains("whsec_");
        assertThat(asked(key).then().statusCode(201).extract().asString()).isEqualTo(answer);
        made.add(JsonPath.from(answer).getString("webhook.id"));
    }

    /** Every column that is called a secret, by whatever table that comes. */
    @Test
    void no_column_that_is_called_a_secret_holds_one_in_the_clear() {
        // Given
        var id = webhook();
        given().post("/api/v1/webhooks/" + id + "/rotate").then().statusCode(200);
        var columns = pool.query("""
                select table_name, column_name from information_schema.columns
                where table_schema = 'carillon' and (column_name like '%secret%' or table_name like '%secret%' and column_name not in ('name'))
                """).executeAndAwait();

        // Then
        assertThat(columns.rowCount()).isGreaterThanOrEqualTo(3);
        columns.forEach(column -> pool.query("select " + column.getString(1) + "::text as kept from "
                        + column.getString(0) + " where " + column.getString(1) + " is not null")
                .executeAndAwait()
                .forEach(row -> assertThat(row.getString("kept"))
                        .as("%s", column.toJson())
                        .startsWith("enc1.")));
    }

    @AfterEach
    void nobodySubscribesAnyMore() {
        made.forEach(id -> given().delete("/api/v1/webhooks/" + id).then().statusCode(204));
    }

    private static Response asked(String key) {
        return given().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body("{\"url\": \"https://hooks.example.com/x\"}")
                .post("/api/v1/webhooks");
    }

    private List<String> kept(String webhook) {
        var row = pool.preparedQuery("select secret, former_secret from webhook where id = $1")
                .executeAndAwait(Tuple.of(webhook))
                .iterator()
                .next();
        return List.of(row.getString("secret"), row.getString("former_secret"));
    }

    private String webhook() {
        String id = given().contentType(ContentType.JSON)
                .body("{\"url\": \"https://hooks.example.com/x\"}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("webhook.id");
        made.add(id);
        return id;
    }
}
