package dev.carillon.notification.recipient;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.notification.TestPipeline;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom a search finds, and how little it reads for that. */
@QuarkusTest
class CustomerSearchTest {

    private static final String END = "\udbff\udfff";
    private static final List<String> FILL = List.of("""
            insert into customer (tenant, id, name, email, phone, state)
            select 'plans', 'customer-' || n, 'Anna Nr' || n, 'anna' || n || '@example.com', '+1202' || lpad(n::text, 7, '0'), '{}'
            from generate_series(1, 30000) n
            """, "analyze customer", "analyze customer_word");

    private final String run = TestPipeline.unique("s").replace("-", "");

    @Inject
    TestPipeline pipeline;

    @Inject
    Transactions transactions;

    @Test
    void the_beginning_of_an_id_an_address_a_number_or_of_words_of_the_name_finds_a_customer() {
        // Given
        var id = "id" + run;
        customer(id, "Zoé " + run + " Müller-Lüdenscheidt", "Zoe." + run + "@Example.com", "+493012345678");
        customer("other" + run, "Somebody", null, null);

        // Then
        assertThat(found("id" + run)).containsExactly(id);
        assertThat(found("id" + run.substring(0, 20))).contains(id);
        assertThat(found("zoe." + run + "@EXAMPLE.com")).containsExactly(id);
        assertThat(found("ZOE." + run + "@ex")).containsExactly(id);
        assertThat(found("+49 (30) 1234-5678")).contains(id);
        assertThat(found("+49 30 123")).contains(id);
        assertThat(found("ludens zoe " + run.substring(0, 20))).contains(id);
        assertThat(found("MÜLLER " + run)).containsExactly(id);
        assertThat(found("nobody " + run)).isEmpty();
        given().queryParam("q", "id" + run)
                .get("/api/v1/customers")
                .then()
                .statusCode(200)
                .body("customers.name", contains("Zoé " + run + " Müller-Lüdenscheidt"))
                .body("customers.email", contains("Zoe." + run + "@example.com"));
    }

    @Test
    void a_page_goes_on_where_the_one_before_ended_and_nobody_is_found_twice() {
        // Given
        var word = "walk" + run;
        var expected = new ArrayList<String>();
        for (int n = 0; n < 7; n++) {
            customer(n < 3 ? word + "-id" + n : "w" + n + run, word + "a " + word + "b", null, null);
            expected.add(n < 3 ? word + "-id" + n : "w" + n + run);
        }

        // When
        var walked = new ArrayList<String>();
        for (String after = ""; after != null; ) {
            var page = given().queryParams(after.isEmpty() ? Map.of() : Map.of("after", after))
                    .queryParams("q", word, "limit", 2)
                    .get("/api/v1/customers")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            walked.addAll(page.getList("customers.id", String.class));
            after = page.getString("next");
        }

        // Then
        assertThat(walked).isEqualTo(expected);
    }

    @Test
    void a_new_name_is_found_and_the_old_one_and_the_erased_and_another_tenant_s_are_not() {
        // Given
        var id = "n" + run;
        customer(id, "Old" + run, null, null);
        pipeline.customer("elsewhere", "e" + run, Map.of("name", "Old" + run));

        // When
        customer(id, "New" + run, null, null);

        // Then
        assertThat(found("old" + run)).isEmpty();
        assertThat(found("new" + run)).containsExactly(id);
        assertThat(found("e" + run)).isEmpty();
        given().delete("/api/v1/customers/" + id).then().statusCode(204);
        assertThat(found("new" + run)).isEmpty();
        assertThat(found(id)).isEmpty();
    }

    @Test
    void what_is_no_place_to_go_on_from_is_refused() {
        given().queryParams("after", "nowhere", "limit", "0")
                .get("/api/v1/customers")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/after", "/limit"));
    }

    @Test
    void a_stretch_of_one_index_is_read_however_many_customers_there_are() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, FILL).chain(() -> explained(tx, explained)));

        // Then
        assertThat(plans).hasSize(4);
        assertThat(plans)
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContainPattern("Seq Scan on [a-z_0-9]+[^\\n]*\\(actual")
                        .doesNotContainPattern("rows=[0-9]{5,}"));
        assertThat(plans.subList(0, 3)).allSatisfy(plan -> assertThat(plan).doesNotContainPattern("rows=[0-9]{3,}"));
    }

    private static Uni<Void> explained(Tx tx, Plans plans) {
        return plans.explain(
                        tx,
                        PgCustomerSearch.BY_ID,
                        Tuple.of("plans", "customer-", "customer-" + END, "customer-15", 50))
                .chain(() -> plans.explain(tx, PgCustomerSearch.BY_EMAIL, address("anna", "anna15@")))
                .chain(() -> plans.explain(tx, PgCustomerSearch.BY_PHONE, address("+1202", "+12020000007")))
                .chain(() -> plans.explain(
                        tx,
                        PgCustomerSearch.BY_NAME,
                        Tuple.of("plans", "ann", END)
                                .addString("anna")
                                .addString("customer-15")
                                .addInteger(PgCustomerSearch.STRETCH)
                                .addString("ann")
                                .addString("ann" + END)
                                .addArrayOfString(new String[] {"nr29999"})
                                .addInteger(50)));
    }

    private static Tuple address(String prefix, String after) {
        return Tuple.of("plans", prefix, prefix + END, after, "", 50)
                .addString(prefix)
                .addString(prefix + END);
    }

    private void customer(String id, String name, String email, String phone) {
        var said = new HashMap<String, Object>();
        said.put("name", name);
        said.put("email", email);
        said.put("phone", phone);
        given().contentType("application/json")
                .body(said)
                .put("/api/v1/customers/{id}", id)
                .then()
                .statusCode(oneOf(200, 201));
    }

    private static List<String> found(String q) {
        return given().queryParam("q", q)
                .get("/api/v1/customers")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("customers.id", String.class);
    }
}
