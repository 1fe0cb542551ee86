package dev.carillon.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that come with Carillon, by folder. Jars and native binaries cannot list folders, so the build writes an
 * {@code index.txt}; in development the folder itself is listed.
 */
public final class BundledFiles {

    private static final String INDEX = "index.txt";

    private BundledFiles() {}

    /** The paths of a folder's files, below it, with slashes and in order. */
    public static List<String> in(String folder) {
        URL found = loader().getResource(folder);
        return found != null && "file".equals(found.getProtocol())
                ? listed(Path.of(URI.create(found.toString())))
                : required(folder + "/" + INDEX).lines().toList();
    }

    /** A file as text; a build without it is broken. */
    public static String required(String path) {
        return text(path).orElseThrow(() -> new IllegalStateException(path + " is missing from the build"));
    }

    /** A file as text; empty if there is none. */
    public static Optional<String> text(String path) {
        try (@Nullable InputStream in = loader().getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("bundled " + path + " cannot be read", e);
        }
    }

    private static List<String> listed(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !path.equals(INDEX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("bundled " + folder + " cannot be listed", e);
        }
    }

    /** The one that sees edited resources in development. */
    private static ClassLoader loader() {
        return Thread.currentThread().getContextClassLoader();
    }
}
