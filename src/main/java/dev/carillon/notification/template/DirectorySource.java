package dev.carillon.notification.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the files in {@code carillon.notifications.path}, so that what was checked is what is used.
 *
 * @param files path → content
 */
record DirectorySource(Map<String, String> files) implements TemplateSource {

    static final DirectorySource NONE = new DirectorySource(Map.of());

    static DirectorySource of(Path directory) {
        try (Stream<Path> found = Files.walk(directory, 2, FileVisitOption.FOLLOW_LINKS)) {
            Map<String, String> files = new TreeMap<>();
            found.filter(Files::isRegularFile)
                    .filter(file -> isVisible(directory.relativize(file)))
                    .forEach(file ->
                            files.put(directory.relativize(file).toString().replace('\\', '/'), text(file)));
            return new DirectorySource(files);
        } catch (IOException e) {
            throw new UncheckedIOException("carillon.notifications.path=" + directory + " cannot be read", e);
        }
    }

    boolean has(String path) {
        return files.containsKey(path) || path.contains("/") && replaces(path);
    }

    /** The bundled index without the folders that are replaced, and all of the directory's files. */
    String indexOver(String bundled) {
        return Stream.concat(
                        bundled.lines().filter(path -> !path.contains("/") || !replaces(path)), files.keySet().stream())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    @Override
    public @Nullable String read(String path) {
        return files.get(path);
    }

    /** Layouts stand in folders that begin with an underscore, and each is replaced alone. */
    private boolean replaces(String path) {
        return !path.startsWith("_") && files.keySet().stream().anyMatch(file -> file.startsWith(folderOf(path)));
    }

    /** With its slash. */
    private static String folderOf(String path) {
        return path.substring(0, path.indexOf('/') + 1);
    }

    /** Ignores files of editors and mounts. */
    private static boolean isVisible(Path file) {
        for (Path step : file) {
            if (step.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("notifications: " + file + " cannot be read", e);
        }
    }
}
