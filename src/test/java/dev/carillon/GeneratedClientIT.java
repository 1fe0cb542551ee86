package dev.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.GeneratedClient;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The document that the packaged service serves is all somebody needs: a foreign generator makes a Java client of it, which
 * compiles with {@code src/test/client}, and what is written there works against the service.
 */
@PackagedTest
class GeneratedClientIT {

    private static final String KEY = "generated-client-admin-key";
    private static final List<String> JOURNEYS =
            List.of("Notifications", "Customers", "Templates", "Events", "Administration", "Refusals");

    @TempDir
    private static Path place;

    private static PackagedService service;
    private static GeneratedClient client;
    private static String said;

    @BeforeAll
    static void generateTheClient() throws Exception {
        service = PackagedService.launchUncovered(place.resolve("service"), Map.of("CARILLON_ADMIN_KEY", KEY))
                .awaitStarted();
        var document = place.resolve("openapi.json");
        var request = HttpRequest.newBuilder(service.uri("/q/openapi?format=json"))
                .header("X-API-Key", KEY)
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofFile(document))
                        .statusCode())
                .isEqualTo(200);
        client = new GeneratedClient(document, place);
        said = client.generate();
    }

    @AfterAll
    static void stopTheService() throws Exception {
        service.terminate();
    }

    @Test
    void a_foreign_parser_has_nothing_to_say_about_the_document() throws Exception {
        assertThat(client.validation())
                .contains("No validation issues detected.")
                .doesNotContain("Warnings", "Errors", "recommendation");
    }

    /** It says so of any 3.1, of texts as examples of a request, and of examples of an answer that is a list; these are not for clients. */
    @Test
    void a_foreign_generator_leaves_nothing_out() {
        assertThat(said.lines())
                .filteredOn(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .allSatisfy(line -> assertThat(line)
                        .containsAnyOf(
                                "OpenAPI 3.1 support is still in beta",
                                "Ignoring complex example",
                                "Failed to get the schema name: null"));
    }

    @TestFactory
    Stream<DynamicTest> what_people_do_with_the_client_works() throws Exception {
        var classes = client.compiledWith(Path.of("src/test/client"));
        return JOURNEYS.stream().flatMap(name -> steps(classes, "journeys." + name));
    }

    private static Stream<DynamicTest> steps(ClassLoader classes, String name) {
        try {
            var journey = classes.loadClass(name)
                    .getConstructor(URI.class, String.class)
                    .newInstance(service.uri(""), KEY);
            var steps = Arrays.stream(journey.getClass().getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()))
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
            assertThat(steps).as(name).isNotEmpty();
            return steps.stream().map(step -> DynamicTest.dynamicTest(step.getName(), () -> invoke(journey, step)));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(name + " is no journey", e);
        }
    }

    private static void invoke(Object journey, Method step) throws Throwable {
        try {
            step.invoke(journey);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
