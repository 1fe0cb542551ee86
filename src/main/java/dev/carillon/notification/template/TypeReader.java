package dev.carillon.notification.template;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Compiles types against this deployment's layouts and categories. It is slow, so never call it on an event loop. */
final class TypeReader {

    private final TemplateSource layouts;
    private final Categories categories;
    private final Map<String, TemplateEngine> engines = new ConcurrentHashMap<>();

    /** Layouts by name. Languages in names are normalised, however the file writes them. */
    private record Layouts(TemplateSource source, Map<String, String> files) implements TemplateSource {

        /** Refuses a layout that could never be used, because its language is invalid. */
        static Layouts of(TemplateSource source) {
            Map<String, String> files = new HashMap<>();
            source.require(Templates.INDEX)
                    .lines()
                    .map(String::strip)
                    .filter(path -> path.startsWith(TemplateEngine.LAYOUTS))
                    .forEach(path -> {
                        TemplateFileName name = TemplateFileName.parse(path.substring(TemplateEngine.LAYOUTS.length()))
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

    TypeReader(TemplateSource layouts, Categories categories) {
        this.layouts = Layouts.of(layouts);
        this.categories = categories;
    }

    TypeFolder read(TypeText text, String version) {
        return read(text, version, () -> false);
    }

    TypeFolder read(TypeText text, String version, BooleanSupplier stopped) {
        TypeFolder folder = TypeFolder.read(text, version, this, stopped);
        String category = folder.type().category();
        if (categories.category(category).isEmpty()) {
            throw new InvalidTemplateException(
                    text.type() + "/" + TypeText.TYPE_FILE,
                    "/category",
                    null,
                    null,
                    "'" + category + "' is not in categories.yaml",
                    null);
        }
        return folder;
    }

    /** One engine for each language, because layouts depend on it. */
    TemplateEngine engine(String locale) {
        return engines.computeIfAbsent(locale, tag -> new TemplateEngine(layouts, tag));
    }
}
