package dev.carillon.comparison.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.eventsourced.ruleset.RulesWithoutDatabase;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenario files: what is read, and what is refused where. */
class StoryReaderTest {

    private static final Set<String> SAMPLED =
            Set.of("customers", "products", "orders", "orderLines", "carts", "wishlists", "promotions");
    private static final StoryReader READER =
            new StoryReader(new Templates(new Categories()), RulesWithoutDatabase.compiler());

    static Stream<Path> shipped() throws IOException {
        return Files.list(Path.of("data/scenarios"))
                .filter(file -> file.toString().endsWith(".yaml"));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void every_shipped_story_can_be_told(Path file) throws IOException {
        var text = Files.readString(file);

        var story = READER.read(file.toString(), text, SAMPLED);

        assertThat(file.getFileName()).hasToString(story.name() + ".yaml");
        assertThat(story.expect()).isNotEmpty();
        assertThat(text).startsWith("# yaml-language-server: $schema=../../docs/scenarios.schema.json\n");
    }

    @Test
    void the_example_of_the_docs_brings_its_own_rules_and_texts() throws IOException {
        var story = READER.read("docs", DocumentedScenario.text(), SAMPLED);

        assertThat(story.book().rules()).extracting(rule -> rule.id()).containsExactly("back-in-stock");
        assertThat(story.types()).extracting(type -> type.type().name()).containsExactly("BACK_IN_STOCK");
        assertThat(story.size()).isEqualTo(new Story.StorySize(8, 15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            call: BACK_IN_STOCK               | call: BACK_IN_STOK                | BACK_IN_STOK     | 'BACK_IN_STOK' is none of the notification types; did you mean BACK_IN_STOCK?
            look-up: waiting                  | look-up: waitin                   | waitin           | 'waitin' is none of the records; did you mean waiting?
            team: warehouse                   | tem: warehouse                    | tem:             | is not known here; did you mean team?
            team: warehouse                   | tem: warehouse                    | fact: the boots  | is missing
            row.product == fact.productId     | row.product == facts.productId    | facts.productId  | undeclared reference to 'facts'; known here: fact, row
            for-each: waiting                 | for-each: waitng                  | waitng           | undeclared reference to 'waitng'; known here: fact, waiting
            on: warehouse.restocked           | onn: warehouse.restocked          | onn:             | rule 'back-in-stock': onn: is not known here
            audience: { wishlist:             | audience: { wishlst:              | wishlst:         | is not known here
            customer: ann, type: BACK         | customer: anne, type: BACK        | anne             | 'anne' is none of the customers; did you mean ann?
            category: promotions              | category: promotion              | BACK_IN_STOCK:   | 'promotion' is not in categories.yaml
            context: { product: fact          | context: { produkt: fact          | produkt:         | is no variable of BACK_IN_STOCK; did you mean product?
            context: { product: fact          | context: { produkt: fact          | call: BACK_IN_ST | BACK_IN_STOCK needs the variable product
            summary: "A                       | sumary: "A                        | sumary:          | is not known here; did you mean summary?
            """)
    void every_error_says_where_it_is_and_what_may_be_meant(String right, String wrong, String place, String message)
            throws IOException {
        var broken = DocumentedScenario.text().replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
        assertThat(broken).isNotEqualTo(DocumentedScenario.text());

        var refused =
                catchThrowableOfType(InvalidStoryException.class, () -> READER.read("mine.yaml", broken, SAMPLED));

        assertThat(refused.problems()).as(refused.getMessage()).anySatisfy(problem -> {
            assertThat(problem.message()).contains(message);
            assertThat(broken.lines().toList().get(problem.line() - 1).substring(problem.column() - 1))
                    .startsWith(place);
        });
    }

    @Test
    void what_is_no_yaml_is_refused_at_its_place() {
        assertThatThrownBy(() -> READER.read("mine.yaml", "scenario: [", SAMPLED))
                .isInstanceOf(InvalidStoryException.class)
                .hasMessageContaining("mine.yaml:1:")
                .hasMessageContaining("not valid YAML");
        assertThatThrownBy(() -> READER.read("mine.yaml", "# nothing\n", SAMPLED))
                .hasMessageContaining("is empty");
    }
}
