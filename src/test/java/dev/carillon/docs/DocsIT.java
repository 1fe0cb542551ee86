package dev.carillon.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.carillon.docs.Page.Command;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every command that a page calls runnable, run against the packaged service with its sample data, and what the page says comes back. */
@PackagedTest
class DocsIT {

    private static final String KEY = "an-admin-key-of-a-reader-of-the-docs";

    @TempDir
    static Path place;

    private static PackagedService service;
    private static Map<String, String> environment;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Shell.has("bash") && Shell.has("curl"), "bash and curl are needed to read along");
        Path data = place.resolve("data");
        environment = Map.of(
                "CARILLON_ADMIN_KEY", KEY,
                "CARILLON_DEMO_ENABLED", "true",
                "CARILLON_EMBEDDED_POSTGRES_DATA_DIR", data.toString(),
                "CARILLON_EMBEDDED_POSTGRES_PORT", Integer.toString(PackagedService.freePort()),
                "CARILLON_NOTIFICATIONS_PATH",
                        Path.of("docs/examples/back-in-stock/notifications")
                                .toAbsolutePath()
                                .toString(),
                "CARILLON_EVENT_TYPES_PATH",
                        Path.of("docs/examples/back-in-stock/event-types")
                                .toAbsolutePath()
                                .toString());
        service = PackagedService.launch(place.resolve("service"), environment).awaitStarted();
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (service != null) {
            service.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> pages() throws IOException {
        List<Page> pages =
                Page.all().stream().filter(page -> !page.commands().isEmpty()).toList();
        assertThat(pages).hasSizeGreaterThan(10);
        return pages.stream().map(page -> dynamicTest(page.path().toString(), () -> readAlong(page)));
    }

    private static void readAlong(Page page) throws Exception {
        // Given
        List<Command> commands = page.commands().stream()
                .filter(command -> command.block().needs().stream().allMatch(Shell::has))
                .toList();
        Path desk = Files.createDirectories(
                place.resolve("pages").resolve(page.path().toString().replace('/', '-')));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("KEY", KEY);

        // When
        List<Shell.Ran> ran =
                Shell.against(service.uri("/").getPort(), KEY, desk, variables).run(commands);

        // Then
        SoftAssertions.assertSoftly(softly -> ran.forEach(one -> check(page, one, softly)));
    }

    private static void check(Page page, Shell.Ran ran, SoftAssertions softly) {
        Block block = ran.command().block();
        boolean refused =
                !ran.statuses().isEmpty() && ran.statuses().get(ran.statuses().size() - 1) >= 400;
        softly.assertThat(refused)
                .as("%s was refused: %s %s", page.at(block), ran.statuses(), ran.output())
                .isEqualTo(block.isRefused());
        softly.assertThat(ran.statuses().stream()
                        .limit(Math.max(0, ran.statuses().size() - 1))
                        .toList())
                .as("%s: the statuses before the last", page.at(block))
                .allMatch(status -> status < 400);
        ran.command().answer().ifPresent(shown -> {
            try {
                softly.assertThat(Answer.difference(shown, ran.output()))
                        .as("%s: %s", page.at(shown), ran.output())
                        .isEmpty();
            } catch (IOException e) {
                softly.fail("%s: %s%n%s".formatted(page.at(shown), e.getMessage(), ran.output()));
            }
        });
    }
}
