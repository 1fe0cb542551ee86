package dev.carillon.eventsourced.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.files.BundledFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActiveRulesTest {

    @TempDir
    Path directory;

    @Test
    void the_bundled_rules_are_the_files_of_the_folder() throws IOException {
        // When
        var active = TestRules.active(TestRules.bundled());

        // Then
        assertThat(active.book().rules())
                .extracting(Rule::id)
                .contains("order-shipped", "order-complete", "price-drop-alert", "payment-failed", "wishlist-sale");
        try (var files = Files.list(Path.of("src/main/resources/rules"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(BundledFiles.in("rules").stream()
                            .filter(name -> name.endsWith(".yaml"))
                            .toList());
        }
    }

    @Test
    void a_directory_replaces_them() throws IOException {
        // Given
        write("- { id: mine, on: a.b, notify: { type: ORDER_SHIPPED } }");

        // When
        var active = active();

        // Then
        assertThat(active.book().rules()).extracting(Rule::id).containsExactly("mine");
        assertThat(active.rules().get("mine").origin()).isEqualTo(RuleOrigin.FILE);
        assertThat(active.rules().get("mine").file()).isEqualTo("mine.yaml");
    }

    @Test
    void a_version_in_force_is_at_hand() throws IOException {
        // Given
        write("- { id: mine, on: a.b, notify: { type: ORDER_SHIPPED } }");
        var active = active();
        var version = active.rules().get("mine").rule().version();

        // Then
        assertThat(active.rule(new RuleRef("mine", version))).isPresent();
        assertThat(active.version(new RuleRef("mine", version)).await().indefinitely())
                .isPresent();
        assertThat(active.rule(new RuleRef("mine", "another"))).isEmpty();
    }

    @Test
    void a_rule_of_an_unknown_type_stops_the_start_and_says_where() throws IOException {
        write("- { id: mine, on: a.b, notify: { type: NO_SUCH_TYPE } }");

        assertThatThrownBy(this::active)
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageStartingWith(
                        "mine.yaml:1:40: rule 'mine': notify.type: NO_SUCH_TYPE is no notification type; known are ");
    }

    @Test
    void every_contradiction_to_the_type_is_named() throws IOException {
        write("- { id: mine, on: a.b, notify: { type: ORDER_SHIPPED, category: promotions, channels: [pigeon] } }");

        assertThatThrownBy(this::active).hasMessage("""
                mine.yaml:1:65: rule 'mine': notify.category: is promotions, but ORDER_SHIPPED is of category order_updates
                mine.yaml:1:87: rule 'mine': notify.channels: are [pigeon], but ORDER_SHIPPED has templates for [email, sms]""");
    }

    @Test
    void the_notification_of_a_timeout_is_checked_too() throws IOException {
        write("""
                - id: mine
                  on: ordering.line-item-status-changed
                  collect: { by: event.data.orderId, item: event.data.lineItemId, value: event.data.newStatus, expect: order.lineItems,
                             timeout: { after: PT1H, notify: { type: NOPE } } }
                  when: collected.all(status, status == 'SHIPPED')
                  notify: { type: ORDER_COMPLETE }
                """);

        assertThatThrownBy(this::active)
                .hasMessageStartingWith(
                        "mine.yaml:4:54: rule 'mine': collect.timeout.notify.type: NOPE is no notification type");
    }

    @Test
    void a_field_the_schema_does_not_have_stops_the_start() throws IOException {
        write(
                "- id: mine\n  on: pricing.price-changed\n  when: event.data.newPrize < 3\n  notify: { type: ORDER_SHIPPED }");

        assertThatThrownBy(this::active)
                .hasMessageStartingWith(
                        "mine.yaml:3:19: rule 'mine': when: no field 'newPrize' in the event's data; did you mean newPrice? Known are ")
                .hasMessageContaining("newPrice");
    }

    @Test
    void a_broken_rule_is_named_with_file_and_position() throws IOException {
        write("- id: mine\n  on: a.b\n  when: event.data.x ==\n  notify: { type: ORDER_SHIPPED }");

        assertThatThrownBy(this::active)
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageContaining("mine.yaml")
                .hasMessageContaining("mine")
                .hasMessageContaining("3:");
    }

    @Test
    void a_directory_that_cannot_be_read_is_named() {
        assertThatThrownBy(() -> TestRules.active(TestRules.directory(directory.resolve("gone"))))
                .hasMessageContaining("carillon.rules.path=");
    }

    private ActiveRules active() {
        return TestRules.active(TestRules.directory(directory));
    }

    private void write(String rules) throws IOException {
        Files.writeString(directory.resolve("mine.yaml"), rules);
    }
}
