package dev.carillon.notification.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Layouts by name. Languages in names are normalised, however the file writes them. */
record Layouts(TemplateSource source, Map<String, String> files) implements TemplateSource {

    /** Refuses a layout that could never be used, because its language is invalid. */
    static Layouts of(TemplateSource source) {
        Map<String, String> files = new HashMap<>();
        source.require(Templates.INDEX)
                .lines()
                .map(String::strip)
                .filter(path -> path.startsWith(TemplateEngine.LAYOUTS))
                .forEach(path -> {
                    PieceName name = PieceName.parse(path.substring(TemplateEngine.LAYOUTS.length()))
                            .orElseThrow(() -> InvalidTemplateException.of(
                                    path, "is no layout's name, such as email.html or email.de-AT.html"));
                    if (files.put(TemplateEngine.LAYOUTS + name.file(), path) != null) {
                        throw InvalidTemplateException.of(
                                path, "is there twice, with its language written in two ways");
                    }
                });
        return new Layouts(source, Map.copyOf(files));
    }

    @Override
    public @Nullable String read(String path) {
        String file = files.get(path);
        return file == null ? null : source.read(file);
    }
}
