package dev.carillon.notification.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The categories of {@code notifications/categories.yaml}, in the file's order. A bad file stops the start. */
@ApplicationScoped
public class Categories {

    private static final String FILE = "categories.yaml";

    private final Map<String, Category> byName;

    @Inject
    Categories(TemplateSettings settings) {
        this(settings.path().map(TemplateSource::withDirectory).orElseGet(TemplateSource::classPath));
    }

    /** The categories that come with Carillon. */
    public Categories() {
        this(TemplateSource.classPath());
    }

    Categories(TemplateSource source) {
        Map<String, Category> read = new LinkedHashMap<>();
        TypeYaml.read(FILE, source.require(FILE))
                .children()
                .forEach((name, node) -> read.put(name, category(name, node)));
        this.byName = Collections.unmodifiableMap(read);
    }

    public Optional<Category> category(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Category> categories() {
        return byName.values();
    }

    private static Category category(String name, TypeYaml node) {
        node.only("description", "translations", "commercial", "mandatory", "default");
        Map<String, Boolean> defaults = new LinkedHashMap<>();
        TypeYaml channels = node.child("default");
        channels.children().keySet().forEach(channel -> defaults.put(channel, channels.flag(channel)));
        return new Category(
                name,
                node.text("description"),
                translations(node),
                node.flag("commercial"),
                node.flag("mandatory"),
                defaults);
    }

    private static Map<String, String> translations(TypeYaml category) {
        Map<String, String> translations = new LinkedHashMap<>();
        if (category.has("translations")) {
            TypeYaml words = category.child("translations");
            words.children().forEach((tag, text) -> {
                Locale language = LocaleTag.read(tag)
                        .orElseThrow(() -> text.broken("must be under a language tag such as de or pt-BR"));
                translations.put(language.toLanguageTag(), words.text(tag));
            });
        }
        return translations;
    }
}
