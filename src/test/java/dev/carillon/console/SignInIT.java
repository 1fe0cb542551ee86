package dev.carillon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import dev.carillon.testing.BrowserTest;
import dev.carillon.testing.ConsoleBrowser;
import dev.carillon.testing.Production;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Who may come in, and what a session may do. */
@BrowserTest
@ResourceLock(Production.SHARED)
class SignInIT {

    /** Asks the service as a script of the page does; answers with the status. */
    private static final String PUT = """
            ([headers]) => fetch('/api/v1/customers/of-the-console', {method: 'PUT', headers: {'Content-Type': 'application/json', ...headers},
              body: '{"name": "Ann"}'}).then(answer => answer.status)""";

    private static final String TOKEN =
            "() => fetch('/api/v1/session').then(answer => answer.json()).then(session => session.csrfToken)";

    @Test
    void a_key_opens_the_page_that_was_asked_for_and_signing_out_closes_it() {
        try (var console = ConsoleBrowser.inProduction()) {
            // When
            console.open("/?kind=event");
            assertThat(console.heading()).hasText("Sign in to Carillon");
            console.isAccessible().isUsableOnASmallPhone().picture("console-sign-in");
            console.page().getByLabel("API key").fill(Production.ADMIN_KEY);
            console.page().keyboard().press("Enter");

            // Then
            assertThat(console.heading()).hasText("Live");
            assertThat(console.page()).hasURL(Pattern.compile("/\\?kind=event$"));
            var cookie = console.page().context().cookies().get(0);
            assertThat(cookie.name).isEqualTo("__Host-carillon");
            assertThat(cookie.httpOnly).isTrue();
            assertThat((String) console.page().evaluate("document.cookie + JSON.stringify(localStorage)"))
                    .doesNotContain("carillon=", Production.ADMIN_KEY);

            // When
            console.click(console.button("Sign out"));

            // Then
            assertThat(console.heading()).hasText("Sign in to Carillon");
            assertThat(console.page().context().cookies()).isEmpty();
            console.open("/");
            assertThat(console.heading()).hasText("Sign in to Carillon");
        }
    }

    @Test
    void a_wrong_key_is_refused_and_the_field_keeps_the_focus() {
        try (var console = ConsoleBrowser.inProduction()) {
            console.open("/");
            console.page().getByLabel("API key").fill("ck_wrong");
            console.click(console.button("Sign in"));

            assertThat(console.page().getByRole(AriaRole.ALERT)).containsText("No such key is in force");
            assertThat(console.page().getByLabel("API key")).isFocused();
            assertThat(console.page().context().cookies()).isEmpty();
        }
    }

    @Test
    void a_session_writes_with_its_token_only() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            var page = console.page();
            var token = page.evaluate(TOKEN);

            assertThat(page.evaluate(PUT, new Object[] {Map.of()})).isEqualTo(403);
            assertThat(page.evaluate(PUT, new Object[] {Map.of("X-CSRF-Token", "another")}))
                    .isEqualTo(403);
            assertThat(page.evaluate(PUT, new Object[] {Map.of("X-CSRF-Token", token)}))
                    .isIn(200, 201);
        }
    }

    @Test
    void a_session_that_has_ended_leads_to_the_sign_in_page_and_back() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.page().context().clearCookies();
            console.open("/?kind=decision");
            assertThat(console.heading()).hasText("Sign in to Carillon");

            console.page().getByLabel("API key").fill(Production.ADMIN_KEY);
            console.click(console.button("Sign in"));

            assertThat(console.page()).hasURL(Pattern.compile("/\\?kind=decision$"));
        }
    }

    @Test
    void an_address_of_another_host_is_not_where_signing_in_leads() {
        try (var console = ConsoleBrowser.inProduction()) {
            console.open("/sign-in?to=" + "https%3A%2F%2Fevil.example%2F");
            console.page().getByLabel("API key").fill(Production.ADMIN_KEY);
            console.click(console.button("Sign in"));

            assertThat(console.heading()).hasText("Live");
            assertThat(console.page()).hasURL(Production.service().uri("/").toString());
        }
    }
}
