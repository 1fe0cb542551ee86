package dev.carillon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import dev.carillon.testing.BrowserTest;
import dev.carillon.testing.ConsoleBrowser;
import dev.carillon.testing.MailingProduction;
import dev.carillon.testing.Production;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** An architect looks at both styles: played, broken, and with a story of their own. */
@BrowserTest
@ResourceLock(Production.SHARED)
class StoriesIT {

    private static final int WITHIN_MILLIS = 90_000;
    private static final String SAME = "Both doors sent the same customers the same texts on the same channels.";

    @Test
    void a_story_is_played_from_its_beginning_to_its_end() {
        try (var console = architect()) {
            console.open("/stories");
            console.click(console.link("price-drop-alert"));
            seen(console, SAME);
            console.isAccessible().isUsableOnASmallPhone().picture("console-stories");

            // When
            console.page().getByLabel("Speed").selectOption("0.25");
            console.click(console.button("Play"));

            // Then
            assertThat(console.page().locator(".stage-traveller").first()).isVisible();
            console.click(console.button("Pause"));
            assertThat(door(console, "Door 2: API-driven").getByText("Known at the end."))
                    .isVisible();

            // When: the rest, step by step, by keyboard
            for (int step = 0; step < 60 && !atItsEnd(console); step++) {
                console.button("Step").press("Enter");
            }

            // Then
            assertThat(door(console, "Door 1: event-sourced").getByText("Not eligible"))
                    .isVisible();
            assertThat(counter(console, "Door 2: API-driven", "Lookups by teams"))
                    .hasText("5");
            assertThat(counter(console, "Door 1: event-sourced", "Lookups by teams"))
                    .hasText("0");
            console.page().getByText("The same as a table").press("Enter");
            assertThat(console.page().getByRole(AriaRole.CELL, new Page.GetByRoleOptions().setName("looked up carts")))
                    .isVisible();
        }
    }

    @Test
    void a_fault_is_chosen_and_then_a_remedy_against_it() {
        try (var console = architect()) {
            console.open("/stories/order-shipped");
            seen(console, SAME);

            // When
            console.page().getByLabel("What breaks").selectOption("caller-dies");

            // Then
            seen(console, "OrderingCaller died after its commit");
            assertThat(counter(console, "Door 2: API-driven", "Missed")).containsText("cust-001");
            assertThat(console.page()).hasURL(Pattern.compile(".*/stories/order-shipped\\?fault=caller-dies.*"));

            // When
            console.page().getByLabel("What is done against it").selectOption("outbox");

            // Then
            seen(console, "the new OrderingCaller found it in its outbox");
            assertThat(counter(console, "Door 2: API-driven", "Late")).containsText("cust-001");
            console.isAccessible().isUsableOnASmallPhone();
        }
    }

    @Test
    void everything_is_broken_and_one_of_it_is_seen_on_the_stage() {
        try (var console = architect()) {
            console.open("/stories/order-shipped");
            seen(console, SAME);

            // When
            console.click(console.button("Break everything, one after the other"));

            // Then
            seen(console, "The call is taken, but its answer never arrives");
            console.isAccessible();

            // When
            console.click(console.page()
                    .getByRole(
                            AriaRole.TABLE,
                            new Page.GetByRoleOptions().setName("The call is taken, but its answer never arrives"))
                    .getByRole(
                            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("retry of Door 2 on the stage")));

            // Then
            assertThat(counter(console, "Door 2: API-driven", "Twice")).containsText("cust-001", slowly());
        }
    }

    @Test
    void a_story_of_ones_own_is_put_right_and_told() {
        try (var console = architect()) {
            console.open("/stories");
            console.click(console.link("Write your own"));
            console.page().getByLabel("Begin with").selectOption("order-shipped");
            seen(console, "It can be told: ord-001 leaves the warehouse.");
            var text = console.page().getByLabel("Scenario, as YAML");
            var right = text.inputValue();

            // When
            text.fill(right.replace("team: ordering", "tem: ordering"));

            // Then
            seen(console, "is not known here; did you mean team?");
            console.isAccessible().isUsableOnASmallPhone();

            // When
            console.page()
                    .getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(Pattern.compile("line \\d+, column 5")))
                    .last()
                    .click();

            // Then
            assertThat((String) console.page()
                            .evaluate("() => { const own = document.querySelector('textarea.own-text');"
                                    + " return own.value.slice(own.selectionStart, own.selectionEnd); }"))
                    .isIn("tem: ordering", "fact: ord-001 leaves the warehouse");

            // When
            text.fill(right);
            seen(console, "It can be told: ord-001 leaves the warehouse.");
            console.click(console.button("Tell it again"));

            // Then
            seen(console, SAME);
        }
    }

    @Test
    void nothing_moves_where_less_motion_is_asked_for() {
        try (var console = architect()) {
            console.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            console.open("/stories/order-shipped");
            seen(console, SAME);

            // When
            console.page().getByLabel("Speed").selectOption("4");
            console.click(console.button("Play"));

            // Then
            assertThat(door(console, "Door 1: event-sourced").getByText("Known at the end."))
                    .isVisible();
            assertThat(console.page().locator(".stage-traveller")).hasCount(0);
            assertThat(door(console, "Door 1: event-sourced").getByText("Known at the end."))
                    .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(WITHIN_MILLIS));
            assertThat(console.page().locator(".stage-traveller")).hasCount(0);
        }
    }

    private static ConsoleBrowser architect() {
        return ConsoleBrowser.of(MailingProduction.service().uri("/")).signIn(MailingProduction.ADMIN_KEY);
    }

    private static boolean atItsEnd(ConsoleBrowser console) {
        return console.page().getByText("Known at the end.").count() == 0;
    }

    private static Locator door(ConsoleBrowser console, String name) {
        return console.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator counter(ConsoleBrowser console, String door, String label) {
        return door(console, door)
                .locator(".stage-counters > div")
                .filter(new Locator.FilterOptions().setHasText(label))
                .locator("dd");
    }

    private static void seen(ConsoleBrowser console, String text) {
        assertThat(console.page().getByText(text).first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(WITHIN_MILLIS));
    }

    private static LocatorAssertions.ContainsTextOptions slowly() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(WITHIN_MILLIS);
    }
}
