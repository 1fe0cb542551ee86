package dev.carillon.notification.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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
