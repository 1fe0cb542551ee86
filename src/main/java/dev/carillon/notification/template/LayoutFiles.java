package dev.carillon.notification.template;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The layouts that take the place of the files' ones of the same name, each as a whole: in all its languages.
 *
 * @param byName the text of a layout by its name, such as {@code email}; its files are called {@code email.html}, {@code email.de.html}
 */
record LayoutFiles(Map<String, TypeText> byName) {

    static final LayoutFiles NONE = new LayoutFiles(Map.of());

    LayoutFiles {
        byName = Map.copyOf(byName);
    }

    LayoutFiles with(TypeText layout) {
        var more = new TreeMap<>(byName);
        more.put(layout.type(), layout);
        return new LayoutFiles(more);
    }

    LayoutFiles without(String name) {
        var fewer = new TreeMap<>(byName);
        fewer.remove(name);
        return new LayoutFiles(fewer);
    }

    /** The name of the layout that a file belongs to: {@code email} of {@code _layout/email.de.html}. */
    static Optional<String> nameIn(String path) {
        return path.startsWith(TemplateEngine.LAYOUTS)
                ? TemplateFileName.parse(path.substring(TemplateEngine.LAYOUTS.length()))
                        .map(TemplateFileName::channel)
                : Optional.empty();
    }

    /** The files, with these layouts instead of those of the same names. */
    TemplateSource over(TemplateSource files) {
        return byName.isEmpty()
                ? files
                : path -> path.equals(Templates.INDEX) ? index(files.require(path)) : read(files, path);
    }

    private String index(String files) {
        return Stream.concat(
                        files.lines().filter(path -> !replaces(path.strip())),
                        byName.values().stream()
                                .flatMap(layout -> layout.files().keySet().stream())
                                .map(file -> TemplateEngine.LAYOUTS + file))
                .collect(Collectors.joining("\n"));
    }

    private @Nullable String read(TemplateSource files, String path) {
        var name = nameIn(path);
        return name.isPresent() && byName.containsKey(name.get())
                ? byName.get(name.get()).files().get(path.substring(TemplateEngine.LAYOUTS.length()))
                : files.read(path);
    }

    private boolean replaces(String path) {
        return nameIn(path).filter(byName::containsKey).isPresent();
    }
}
