package dev.carillon.comparison;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StoriesTest {

    @ParameterizedTest
    @ValueSource(strings = {"order-shipped", "payment-failed", "price-drop-alert", "order-complete", "wishlist-sale"})
    void both_doors_tell_the_same_customers_the_same_words(String scenario) {
        var body = given().get("/demo/comparison/" + scenario).then().log().ifValidationFails().statusCode(200).extract();

        System.out.println(body.asPrettyString());
        assertThat(body.<Boolean>path("sameOutcome")).isTrue();
    }
}
