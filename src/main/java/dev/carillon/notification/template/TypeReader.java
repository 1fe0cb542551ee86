package dev.carillon.notification.template;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Compiles types against this deployment's layouts and categories. It is slow, so never call it on an event loop. */
final class TypeReader {

    private final TemplateSource layouts;
    private final Categories categories;
    private final Map<String, TemplateEngine> engines = new ConcurrentHashMap<>();

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
