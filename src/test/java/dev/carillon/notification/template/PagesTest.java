package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final Map<String, Object> VALUES = Map.of("what", "<News>", "done", true);

    @Test
    void are_in_the_nearest_language_and_escape_what_they_show() {
        // Given
        var pages = new Pages(Scratch.saying("x")
                .with("_page/bye.html", "{page.language} {page.direction} {what}")
                .with("_page/bye.de.html", "{page.language}: Tschüss, {what}")
                .with("_page/bye.he.html", "{page.language} {page.direction}"));

        // Then
        assertThat(pages.render("bye", Locale.forLanguageTag("de-AT"), VALUES)).isEqualTo("de: Tschüss, &lt;News&gt;");
        assertThat(pages.render("bye", Locale.FRENCH, VALUES)).isEqualTo("en ltr &lt;News&gt;");
        assertThat(pages.render("bye", Locale.forLanguageTag("he-IL"), VALUES)).isEqualTo("he rtl");
    }

    @Test
    void a_broken_one_is_named() {
        assertThatThrownBy(() -> new Pages(Scratch.saying("x").with("_page/bye.html", "a\n{#if")))
                .hasMessageContaining("_page/bye.html:2");
        assertThatThrownBy(() -> new Pages(Scratch.saying("x").with("_page/bye.German.html", "a")))
                .hasMessageContaining("_page/bye.German.html");
        assertThatThrownBy(() -> new Pages(Scratch.saying("x")).render("bye", Locale.ENGLISH, VALUES))
                .hasMessageContaining("_page/bye.html is missing");
    }

    /** Whoever reads messages in a language is taken off in it: both the page and what it is about. */
    @Test
    void every_language_of_the_bundled_words_has_the_unsubscribe_page_and_the_commercial_categories() {
        var categories = new Categories();
        var pages = new Pages(TemplateSource.classPath()).languages("unsubscribe");

        var templates = new Templates(categories);
        templates
                .types()
                .forEach(type -> type.channels()
                        .forEach(channel -> assertThat(pages)
                                .map(Locale::toLanguageTag)
                                .containsAll(templates
                                        .folder(type.name())
                                        .orElseThrow()
                                        .locales(channel))));
        assertThat(pages)
                .filteredOn(language -> !language.equals(Locale.ENGLISH))
                .isNotEmpty()
                .allSatisfy(language -> assertThat(categories.categories())
                        .filteredOn(Category::commercial)
                        .isNotEmpty()
                        .allSatisfy(
                                category -> assertThat(category.translations()).containsKey(language.toLanguageTag())));
    }
}
