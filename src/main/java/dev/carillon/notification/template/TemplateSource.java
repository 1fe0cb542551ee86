package dev.carillon.notification.template;

import dev.carillon.platform.files.BundledFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files under {@code notifications/}. {@link Templates#INDEX} lists the files, one path a line; it is not
 * listed itself.
 */
@FunctionalInterface
interface TemplateSource {

    /** The file at a path such as {@code ORDER_SHIPPED/sms.txt}, or null if there is none. */
    @Nullable
    String read(String path);

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
    static TemplateSource withDirectory(DirectorySource own) {
        TemplateSource bundled = classPath();
        return path -> path.equals(Templates.INDEX)
                ? own.indexOver(bundled.require(path))
                : own.has(path) ? own.read(path) : bundled.read(path);
    }

    static TemplateSource withDirectory(Path directory) {
        return withDirectory(DirectorySource.of(directory));
    }

    static TemplateSource classPath() {
        return path -> path.equals(Templates.INDEX)
                ? String.join("\n", BundledFiles.in("notifications"))
                : BundledFiles.text("notifications/" + path).orElse(null);
    }
}
