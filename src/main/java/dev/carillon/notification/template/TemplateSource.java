package dev.carillon.notification.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Where the files under {@code notifications/} are read from. Nothing is ever listed: {@code index.txt} names the files,
 * because a native binary and a packaged jar have resources but no folders.
 */
@FunctionalInterface
interface TemplateSource {

    /** The file at a path such as {@code ORDER_SHIPPED/sms.txt}, or null if there is none. */
    @Nullable String read(String path);

    default String require(String path) {
        String content = read(path);
        if (content == null) {
            throw new IllegalStateException("notifications/" + path + " is missing");
        }
        return content;
    }

    /**
     * A directory's type folders before the bundled ones. A folder of the same name takes the place of the bundled one as a whole,
     * because half of one and half of another would fit by chance only; single files beside them (a layout, the categories) each
     * take the place of their own.
     */
    static TemplateSource withDirectory(Path directory) {
        TemplateSource bundled = classPath();
        DirectorySource own = DirectorySource.of(directory);
        return path -> path.equals(Templates.INDEX) ? own.indexOver(bundled.require(path)) : own.has(path) ? own.read(path) : bundled.read(path);
    }

    static TemplateSource classPath() {
        return path -> {
            // The context class loader is the one that sees edited resources in dev mode.
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            try (InputStream in = loader.getResourceAsStream("notifications/" + path)) {
                return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("notifications/" + path + " cannot be read", e);
            }
        };
    }
}
