package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TarXzTest {

    @TempDir
    Path place;

    @Test
    void unpacks_files_directories_and_links() throws IOException {
        // Given
        InputStream archive = archive(
                file("bin/tool", 0644),
                file("lib/a.txt", 0644),
                file("lib/run", 0755),
                new TarArchiveEntry("empty/"),
                link("lib/b.txt", "a.txt", TarConstants.LF_SYMLINK),
                link("lib/c.txt", "lib/a.txt", TarConstants.LF_LINK));
        Path target = place.resolve("unpacked");

        // When
        TarXz.unpack(archive, target);

        // Then
        assertThat(target.resolve("bin/tool")).isExecutable();
        assertThat(target.resolve("lib/run")).isExecutable();
        assertThat(Files.isExecutable(target.resolve("lib/a.txt"))).isFalse();
        assertThat(target.resolve("empty")).isDirectory();
        assertThat(target.resolve("lib/b.txt")).isSymbolicLink().hasContent("lib/a.txt");
        assertThat(target.resolve("lib/c.txt")).hasContent("lib/a.txt");
    }

    @Test
    void refuses_what_leads_out_of_the_target() throws IOException {
        for (TarArchiveEntry entry : new TarArchiveEntry[] {
            file("../out", 0644),
            link("lib/out", "../../etc", TarConstants.LF_SYMLINK),
            link("lib/out", "../etc", TarConstants.LF_LINK)
        }) {
            // Given
            InputStream archive = archive(entry);

            // When
            var attempt = assertThatThrownBy(() -> TarXz.unpack(archive, place.resolve("target")));

            // Then
            attempt.isInstanceOf(IOException.class).hasMessageContaining("Leads out");
        }
    }

    @Test
    void refuses_devices() throws IOException {
        // Given
        InputStream archive = archive(link("dev/null", "", TarConstants.LF_CHR));

        // When
        var attempt = assertThatThrownBy(() -> TarXz.unpack(archive, place.resolve("target")));

        // Then
        attempt.isInstanceOf(IOException.class).hasMessageContaining("dev/null");
    }

    private static TarArchiveEntry file(String name, int mode) {
        var entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setSize(name.length());
        return entry;
    }

    private static TarArchiveEntry link(String name, String target, byte type) {
        var entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        return entry;
    }

    /** Every file contains its own name. */
    private static InputStream archive(TarArchiveEntry... entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            for (TarArchiveEntry entry : entries) {
                tar.putArchiveEntry(entry);
                if (entry.getSize() > 0) {
                    tar.write(entry.getName().getBytes(StandardCharsets.UTF_8));
                }
                tar.closeArchiveEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
