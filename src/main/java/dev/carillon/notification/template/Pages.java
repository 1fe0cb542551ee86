package dev.carillon.notification.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The web pages that customers see, in their language: {@code notifications/_page/<name>.html} and {@code
 * <name>.<language>.html}. Read once; a page that cannot be parsed stops the start with its file and line.
 */
@ApplicationScoped
public class Pages {

    /** The language of pages without one in their name. */
    private static final Locale OWN = Locale.ENGLISH;

    private static final String FOLDER = "_page/";
    private static final String HTML = ".html";

    private final Map<String, Map<String, Page>> byName = new TreeMap<>();

    @Inject
    Pages(TemplateSettings settings) {
        this(settings.path().map(TemplateSource::withDirectory).orElseGet(TemplateSource::classPath));
    }

    Pages(TemplateSource source) {
        source.require(Templates.INDEX)
                .lines()
                .map(String::strip)
                .filter(file -> file.startsWith(FOLDER) && file.endsWith(HTML))
                .forEach(file -> read(file, source));
    }

    /** A page in a language or the nearest there is, else in English; it sees {@code values}, and its language as {@code page}. */
    public String render(String name, Locale wanted, Map<String, Object> values) {
        Page page = LocaleTag.nearest(wanted, pages(name))
                .orElseGet(() -> pages(name).get(OWN.toLanguageTag()));
        Map<String, Object> seen = new HashMap<>(values);
        seen.put("page", Map.of("language", page.language().toLanguageTag(), "direction", direction(page.language())));
        return page.words().render(seen, Map.of(), new TextStyle(page.language(), ZoneOffset.UTC));
    }

    /** The languages of a page, to prove it in each. */
    public List<Locale> languages(String name) {
        return pages(name).values().stream().map(Page::language).toList();
    }

    private record Page(Locale language, TemplateFile words) {}

    private Map<String, Page> pages(String name) {
        Map<String, Page> pages = byName.get(name);
        if (pages == null || !pages.containsKey(OWN.toLanguageTag())) {
            throw new IllegalStateException("notifications/" + FOLDER + name + HTML + " is missing");
        }
        return pages;
    }

    private void read(String file, TemplateSource source) {
        String[] parts =
                file.substring(FOLDER.length(), file.length() - HTML.length()).split("\\.", 2);
        String tag = parts.length == 1 ? OWN.toLanguageTag() : LocaleTag.canonical(parts[1]);
        if (tag == null) {
            throw InvalidTemplateException.of(file, "is named after no language; such are de and pt-BR");
        }
        byName.computeIfAbsent(parts[0], name -> new TreeMap<>())
                .put(
                        tag,
                        new Page(
                                Locale.forLanguageTag(tag),
                                new TemplateEngine(source, tag).parse(file, source.require(file))));
    }

    private static String direction(Locale language) {
        return switch (language.getLanguage()) {
            case "ar", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "ug", "ur", "yi" -> "rtl";
            default -> "ltr";
        };
    }
}
