package dev.carillon.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that come along are found without anybody writing them down. */
class BundledFilesTest {

    @TempDir
    Path directory;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void asBefore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notifications", "rules", "event-types"})
    void the_build_writes_down_what_a_jar_cannot_list(String folder) throws IOException {
        // Given
        var source = Path.of("src/main/resources").resolve(folder);

        // When
        var index = Files.readAllLines(Path.of("target/classes").resolve(folder).resolve("index.txt"));

        // Then
        assertThat(source.resolve("index.txt")).doesNotExist();
        try (Stream<Path> files = Files.walk(source)) {
            assertThat(index)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(files.filter(Files::isRegularFile)
                            .map(file -> source.relativize(file).toString().replace('\\', '/'))
                            .toList());
        }
    }

    @Test
    void a_folder_is_listed_as_it_is_whatever_was_written_down() throws IOException {
        // Given
        Files.createDirectories(directory.resolve("words/NEW"));
        Files.writeString(directory.resolve("words/index.txt"), "gone.txt\n");
        Files.writeString(directory.resolve("words/NEW/sms.txt"), "Hello.");
        loading(directory.toUri().toURL());

        // When, Then
        assertThat(BundledFiles.in("words")).containsExactly("NEW/sms.txt");
        assertThat(BundledFiles.text("words/NEW/sms.txt")).contains("Hello.");
        assertThat(BundledFiles.text("words/NEW/email.txt")).isEmpty();
    }

    @Test
    void of_a_jar_what_was_written_down_is_read() throws IOException {
        // Given
        loading(jar(Map.of("words/", "", "words/index.txt", "NEW/sms.txt\n", "words/NEW/sms.txt", "Hello."))
                .toUri()
                .toURL());

        // When, Then
        assertThat(BundledFiles.in("words")).containsExactly("NEW/sms.txt");
        assertThat(BundledFiles.text("words/NEW/sms.txt")).contains("Hello.");
        assertThatThrownBy(() -> BundledFiles.in("letters")).hasMessage("letters/index.txt is missing from the build");
    }

    @Test
    void what_changed_between_two_readings_is_said_by_name() {
        // When
        var changes = Changes.between(Map.of("a", "1", "b", "1", "d", "1"), Map.of("b", "2", "c", "1", "d", "1"));

        // Then
        assertThat(changes).isEqualTo(List.of("a gone", "b changed", "c new"));
    }

    private void loading(URL from) {
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {from}, null));
    }

    private Path jar(Map<String, String> files) throws IOException {
        var jar = directory.resolve("some.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue().getBytes());
                out.closeEntry();
            }
        }
        return jar;
    }
}
