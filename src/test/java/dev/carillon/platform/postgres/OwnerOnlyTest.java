package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {

    @TempDir
    Path place;

    @Test
    void writes_what_nobody_else_can_read() throws Exception {
        // When
        OwnerOnly.write(place.resolve("secret"), "s3cret");

        // Then
        assertThat(place.resolve("secret")).hasContent("s3cret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve("secret"))))
                .isEqualTo("rw-------");
    }

    @Test
    void works_where_files_have_no_owners() throws Exception {
        try (var zip = FileSystems.newFileSystem(place.resolve("files.zip"), Map.of("create", "true"))) {
            // Given
            Path directory = zip.getPath("/cache");

            // When
            Files.createDirectories(directory, OwnerOnly.directory(directory));
            OwnerOnly.write(directory.resolve("secret"), "s3cret");

            // Then
            assertThat(Files.readString(directory.resolve("secret"))).isEqualTo("s3cret");
            assertThatCode(() -> OwnerOnly.requireOwn(directory)).doesNotThrowAnyException();
        }
    }
}
