package dev.carillon.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.oneOf;

import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Production;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The running service has loaded no class of Caffeine that the native binary would miss. */
@PackagedTest
@ResourceLock(Production.SHARED)
class LoadedCaffeineIT {

    @Test
    void every_class_of_caffeine_that_the_running_service_has_loaded_is_registered() throws Exception {
        // whoever keeps something in a cache is asked at least once: keys, recipients, rules
        asked().body("{\"name\": \"Kept\", \"email\": \"kept@example.com\"}")
                .put(Production.service().uri("/api/v1/customers/kept-1"))
                .then()
                .statusCode(oneOf(200, 201));
        asked().body("{\"type\": \"ORDER_SHIPPED\", \"customerId\": \"kept-1\", \"context\": {\"orderId\": \"ord-1\"}}")
                .post(Production.service().uri("/api/v1/notifications"))
                .then()
                .statusCode(202);

        Set<String> loaded = loadedBy(Production.service().pid());

        assertThat(loaded).contains(RegisteredCaffeine.inFull("SSMSW"), RegisteredCaffeine.inFull("SSMS"));
        assertThat(RegisteredCaffeine.classes()).containsAll(loaded);
    }

    private static RequestSpecification asked() {
        return RestAssured.given().header("X-API-Key", Production.ADMIN_KEY).contentType("application/json");
    }

    /** Each such class has an instance, for it makes the others. */
    private static Set<String> loadedBy(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram",
                        "-all")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes());
        assertThat(jcmd.waitFor()).as(said).isZero();
        return said.lines()
                .map(String::strip)
                .map(line -> line.split("\\s+"))
                .filter(line -> line.length >= 4)
                .map(line -> line[3])
                .filter(name ->
                        name.matches(RegisteredCaffeine.PACKAGE.replace(".", "\\.") + RegisteredCaffeine.GENERATED))
                .collect(Collectors.toSet());
    }
}
