package dev.carillon.testing;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;

/** Puts {@link AnswersAsDocumented} into every {@code @QuarkusTest}; found by its name in {@code META-INF/services}. */
public final class DocumentedStories implements QuarkusTestBeforeEachCallback {

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        RestAssured.replaceFiltersWith(new AnswersAsDocumented());
    }
}
