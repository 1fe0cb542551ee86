package dev.carillon.eventsourced.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleShelfTest {

    private static final Templates TEMPLATES = new Templates(new Categories());

    @TempDir
    Path directory;

    @Test
    void the_bundled_rules_are_the_ones_of_the_index() throws IOException {
        // When
        var shelf = new RuleShelf(Optional::empty, TEMPLATES);

        // Then
        assertThat(shelf.book().rules()).extracting(Rule::id)
                .containsExactlyInAnyOrder("order-shipped", "order-complete", "price-drop-alert", "payment-failed", "wishlist-sale",
                        "welcome-email", "bank-link-nudge-sms", "insufficient-funds-email", "high-risk-alert");
        try (var files = Files.list(Path.of("src/main/resources/rules"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(Files.readAllLines(Path.of("src/main/resources/rules/index.txt")));
        }
    }

    @Test
    void a_directory_replaces_them() throws IOException {
        // Given
        write("- { id: mine, on: a.b, notify: { type: ORDER_SHIPPED } }");

        // Then
        assertThat(shelf().book().rules()).extracting(Rule::id).containsExactly("mine");
    }

    @Test
    void a_rule_of_an_unknown_type_stops_the_start() throws IOException {
        write("- { id: mine, on: a.b, notify: { type: NO_SUCH_TYPE } }");

        assertThatThrownBy(this::shelf).hasMessageContaining("rule mine notifies of NO_SUCH_TYPE");
    }

    @Test
    void a_rule_that_contradicts_its_type_stops_the_start() throws IOException {
        write("- { id: mine, on: a.b, notify: { type: ORDER_SHIPPED, category: promotions } }");
        assertThatThrownBy(this::shelf).hasMessage("rule mine has category promotions, but ORDER_SHIPPED is of category order_updates");

        write("- { id: mine, on: a.b, notify: { type: ORDER_SHIPPED, channels: [pigeon] } }");
        assertThatThrownBy(this::shelf).hasMessage("rule mine has channels [pigeon], but ORDER_SHIPPED has templates for [email, sms]");
    }

    @Test
    void a_broken_rule_is_named_with_file_and_position() throws IOException {
        write("- id: mine\n  on: a.b\n  when: event.data.x ==\n  notify: { type: ORDER_SHIPPED }");

        assertThatThrownBy(this::shelf).isInstanceOf(InvalidRuleException.class).hasMessageContaining("mine.yaml").hasMessageContaining("mine").hasMessageContaining("3:");
    }

    @Test
    void a_directory_that_cannot_be_read_is_named() {
        assertThatThrownBy(() -> new RuleShelf(() -> Optional.of(directory.resolve("gone")), TEMPLATES)).hasMessageContaining("carillon.rules.path=");
    }

    private RuleShelf shelf() {
        return new RuleShelf(() -> Optional.of(directory), TEMPLATES);
    }

    private void write(String rules) throws IOException {
        Files.writeString(directory.resolve("mine.yaml"), rules);
    }
}
