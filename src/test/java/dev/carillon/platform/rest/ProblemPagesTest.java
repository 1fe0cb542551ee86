package dev.carillon.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemPagesTest {

    private static final Path PAGES = Path.of("docs", "problems");

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void every_type_has_a_page_that_names_its_address_title_and_status(ProblemType type) throws IOException {
        assertThat(type.uri().isAbsolute()).isTrue();
        assertThat(Files.readString(PAGES.resolve(type.slug() + ".md")))
                .contains(
                        "# " + type.title(),
                        "`" + type.uri() + "`",
                        "status " + type.status() + ".",
                        "**What to do.**");
    }

    @Test
    void no_page_documents_a_type_that_is_not_there() throws IOException {
        try (var pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemType.values())
                            .map(type -> type.slug() + ".md")
                            .toList());
        }
    }
}
