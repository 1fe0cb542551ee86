package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {

    private static final String TYPE = """
            description: A type of ours
            category: promotions
            channels: [sms]
            variables:
              word: { type: string, required: true, example: hello, description: Any word }
            """;

    @TempDir
    Path directory;

    @Test
    void a_folder_adds_a_type_to_the_bundled_ones() throws IOException {
        // Given
        write("OURS/type.yaml", TYPE);
        write("OURS/sms.txt", "Say {word}");

        // Then
        assertThat(templates().types())
                .extracting(NotificationType::name)
                .contains("OURS", "ORDER_SHIPPED")
                .isSorted();
        assertThat(rendered("OURS", Map.of("word", "hi"))).isEqualTo("Say hi");
    }

    @Test
    void a_folder_replaces_the_bundled_one_as_a_whole() throws IOException {
        // Given
        write("WISHLIST_SALE/type.yaml", TYPE);
        write("WISHLIST_SALE/sms.txt", "Sale: {word}");

        // Then
        assertThat(templates().type("WISHLIST_SALE").orElseThrow().channels()).containsExactly("sms");
        assertThat(rendered("WISHLIST_SALE", Map.of("word", "lamps"))).isEqualTo("Sale: lamps");
    }

    @Test
    void a_category_file_replaces_the_bundled_one_and_hidden_files_are_none() throws IOException {
        // Given
        write(
                "categories.yaml",
                Files.readString(Path.of("src/main/resources/notifications/categories.yaml"))
                        + "ours: { description: Ours, commercial: false, mandatory: false, default: { sms: true } }\n");
        write("OURS/type.yaml", TYPE.replace("promotions", "ours"));
        write("OURS/sms.txt", "Say {word}");
        write("OURS/.sms.txt.swp", "junk");
        write("..data/junk.txt", "junk");

        // Then
        assertThat(templates().type("OURS").orElseThrow().category()).isEqualTo("ours");
    }

    @Test
    void what_is_broken_stops_the_start_with_its_name() throws IOException {
        write("OURS/type.yaml", TYPE);
        write("OURS/sms.txt", "Say {wrod}");
        assertThatThrownBy(this::templates).hasMessageContaining("OURS/sms.txt");

        assertThatThrownBy(() -> TemplateSource.withDirectory(directory.resolve("gone")))
                .hasMessageContaining("carillon.notifications.path=");
    }

    private Templates templates() {
        TemplateSettings settings = new InDirectory(directory);
        return new Templates(new Categories(settings), settings);
    }

    private String rendered(String type, Map<String, Object> context) {
        Templates templates = templates();
        return ((Rendered.RenderedText) templates.render(templates.type(type).orElseThrow(), "sms", context, Map.of()))
                .text();
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
