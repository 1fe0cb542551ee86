package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.template.Rendered.RenderedText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is spoken to in a language that any shipped type has is spoken to in it by all of them, in full. */
class ShippedLanguagesTest {

    private static final Pattern EXPRESSION = Pattern.compile("\\{#?(?:if |else if |for \\w+ in )?([^{}/]+)}");
    private static final Pattern NAME = Pattern.compile("(?<![.'\\w])[a-z]\\w*(?=[ .?)}=<>!]|$)");
    private static final Templates TEMPLATES = new Templates(new Categories());

    static List<TypeFolder> types() {
        return TEMPLATES.types().stream()
                .map(type -> TEMPLATES.folder(type.name()).orElseThrow())
                .toList();
    }

    private static Set<String> languages() {
        return types().stream()
                .flatMap(folder ->
                        folder.type().channels().stream().flatMap(channel -> folder.locales(channel).stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void there_is_english_and_german() {
        assertThat(languages()).contains("en", "de");
    }

    @ParameterizedTest
    @MethodSource("types")
    void every_type_has_every_language_on_every_channel(TypeFolder folder) {
        assertThat(folder.type().channels())
                .allSatisfy(channel -> assertThat(folder.locales(channel))
                        .as(folder.type().name() + " by " + channel)
                        .containsExactlyInAnyOrderElementsOf(languages()));
    }

    /** A translation that forgets a fact, or names one of its own, says something else. */
    @ParameterizedTest
    @MethodSource("types")
    void every_translation_uses_the_variables_of_the_original(TypeFolder folder) {
        folder.text()
                .files()
                .forEach((file, content) -> TemplateFileName.parse(file)
                        .filter(name -> name.locale() != null)
                        .ifPresent(name -> assertThat(variablesIn(content, folder))
                                .as(file)
                                .isEqualTo(variablesIn(
                                        folder.text().files().get(name.in(null).file()), folder))));
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_translation_says_something_else_than_the_original(TypeFolder folder) {
        for (String channel : folder.type().channels()) {
            RenderedText english = said(folder, channel, Locale.ENGLISH);
            RenderedText german = said(folder, channel, Locale.GERMAN);

            assertThat(german.edition().locale()).isEqualTo(Locale.GERMAN);
            assertThat(english.html() == null).isEqualTo(german.html() == null);
            if (!channel.equals("inbox")) { // an account notice has no words of its own there
                assertThat(german.text()).isNotEqualTo(english.text());
            }
            String own = german.text() + german.html();
            for (Object example : folder.examples().values()) {
                own = own.replace(example.toString(), "");
            }
            assertThat(own).doesNotContain("Thank", "Hi ", "there,", "Your ", "your ", "You ");
            assertThat(String.valueOf(german.html())).doesNotContain("lang=\"en\"");
        }
    }

    private static RenderedText said(TypeFolder folder, String channel, Locale locale) {
        return (RenderedText) folder.render(channel, Reader.of(locale, Map.of("name", "Alice")), folder.examples());
    }

    private static Set<String> variablesIn(String content, TypeFolder folder) {
        return EXPRESSION
                .matcher(content)
                .results()
                .flatMap(found -> NAME.matcher(found.group(1)).results())
                .map(found -> found.group())
                .filter(folder.type().variables()::containsKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
