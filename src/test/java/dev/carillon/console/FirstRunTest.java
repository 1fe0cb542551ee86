package dev.carillon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.testing.Chromium;
import dev.carillon.testing.ConsoleBrowser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** In open mode nobody signs in, and a stranger is told what this is. */
@QuarkusTest
@ExtendWith(Chromium.IsHere.class)
class FirstRunTest {

    @TestHTTPResource("/")
    URI address;

    @Test
    void a_stranger_is_told_what_this_is_and_what_to_press() {
        try (var console = ConsoleBrowser.of(address)) {
            console.open("/");

            assertThat(console.page().getByRole(AriaRole.HEADING).filter(with("Welcome to Carillon")))
                    .isVisible();
            assertThat(console.page().locator(".first-run a.button")).hasCount(5);
            assertThat(console.link("A price drops")).hasAttribute("href", "/stories/price-drop-alert");
            assertThat(console.button("Sign out")).hasCount(0);
            console.isAccessible().isUsableOnASmallPhone().picture("console-first-run");
        }
    }

    private static Locator.FilterOptions with(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
