package dev.carillon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.RequestOptions;
import dev.carillon.testing.BrowserTest;
import dev.carillon.testing.ConsoleBrowser;
import dev.carillon.testing.Production;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What every page has: the navigation, the keyboard, both themes, small windows. */
@BrowserTest
@ResourceLock(Production.SHARED)
class ShellIT {

    @Test
    void every_page_is_accessible_in_both_themes_and_usable_on_a_small_phone() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            for (var address : addresses(console)) {
                console.open(address);
                assertThat(console.heading()).hasCount(1);
                console.isAccessible().isUsableOnASmallPhone();
            }
        }
    }

    @Test
    void every_page_is_reached_by_the_keyboard_and_begins_at_its_heading() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            for (var address : addresses(console)) {
                console.open("/");
                console.page().keyboard().press("Tab");
                assertThat(console.link("Skip to content")).isFocused();
                var wanted = console.page().locator("nav a[href='" + address + "']");
                for (int presses = 0; presses < 20 && !isFocused(wanted); presses++) {
                    console.page().keyboard().press("Tab");
                }
                assertThat(wanted).isFocused();
                console.page().keyboard().press("Enter");

                assertThat(wanted).hasAttribute("aria-current", "page");
                if (!address.equals("/")) {
                    assertThat(console.heading()).isFocused();
                }
            }
        }
    }

    @Test
    void skipping_the_navigation_leads_to_the_content() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/");
            console.page().keyboard().press("Tab");
            console.page().keyboard().press("Enter");

            assertThat(console.page().locator("main")).isFocused();
        }
    }

    @Test
    void the_theme_is_chosen_and_kept() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.click(console.page().getByText("Theme: system"))
                    .click(console.page().getByText("Theme: light"));
            console.page().reload();

            assertThat(console.page().locator("html")).hasAttribute("data-theme", "dark");
        }
    }

    @Test
    void an_address_that_no_page_has_is_not_the_consoles() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            var answer = console.page()
                    .request()
                    .get(
                            Production.service().uri("/no-such-page").toString(),
                            RequestOptions.create().setHeader("X-API-Key", Production.ADMIN_KEY));

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
        }
    }

    private static List<String> addresses(ConsoleBrowser console) {
        var addresses = console.page().locator("nav a").all().stream()
                .map(one -> one.getAttribute("href"))
                .toList();
        assertThat(addresses).contains("/");
        return addresses;
    }

    private static boolean isFocused(Locator element) {
        return (Boolean) element.evaluate("one => one === document.activeElement");
    }
}
