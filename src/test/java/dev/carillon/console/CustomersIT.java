package dev.carillon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.testing.BrowserTest;
import dev.carillon.testing.ConsoleBrowser;
import dev.carillon.testing.Production;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What somebody in support does: finds a customer, reads what they were sent, and says why they were not. */
@BrowserTest
@ResourceLock(Production.SHARED)
class CustomersIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String HOSTILE =
            "<p>Your order {orderId}</p><script>top.document.title='taken'</script><img src='https://tracker.example/pixel.gif'>"
                    + "<form action='https://phisher.example/'><button>Win</button></form><a href='https://phisher.example/' target='_top'>out</a>";

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String customer = "support-" + run;

    @Disabled("the event to pick was not visible on a busy machine: not known yet why")
    @Test
    void why_not_takes_two_clicks_and_says_what_would_have_changed_it() {
        // Given
        known("Sue " + run);
        var event = happened("PACKED");
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/customers/" + customer);

            // When
            console.click(tab(console, "Why not?")).click(pick(console, "ordering.order-status-changed"));

            // Then
            var refusal = console.page().locator(".rung[data-passed='false']").first();
            assertThat(refusal).containsText("CONDITION_FALSE");
            assertThat(console.page().locator(".say").first())
                    .containsText("What happened did not meet the condition for sending a message.");
            assertThat(console.page().getByText("What would have changed it").first())
                    .isVisible();
            assertThat(console.page().locator(".otherwise").first()).containsText("newStatus was PACKED");
            assertThat(console.page().url()).contains("event=" + event);
            assertThat(console.clicks()).isEqualTo(2);
            console.isAccessible().isUsableOnASmallPhone().picture("why-not");
        }
    }

    @Test
    void a_kind_of_message_and_a_time_are_enough_to_ask() {
        // Given
        known("Kim " + run);
        happened("PACKED");
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/customers/" + customer);

            // When
            console.click(tab(console, "Why not?")).click(pick(console, "Order shipped"));

            // Then
            assertThat(console.page().locator("#why-answer")).isFocused();
            assertThat(console.page().locator(".rung[data-passed='false']").first())
                    .isVisible();
            assertThat(console.clicks()).isEqualTo(2);
            console.isAccessible();
        }
    }

    @Test
    void a_message_is_read_as_it_was_sent_and_its_html_can_do_nothing() {
        // Given
        known("Eve " + run);
        hostileType();
        var id = JsonPath.from(api(
                        "POST",
                        "/api/v1/notifications",
                        "{\"type\": \"HOSTILE\", \"customerId\": \"" + customer
                                + "\", \"context\": {\"orderId\": \"ord-" + run + "\"}}"))
                .getString("trackingId");
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/customers/" + customer);

            // When
            console.click(console.link("Hostile").first());

            // Then
            assertThat(console.page().locator("#message-title")).isFocused();
            assertThat(console.page().locator(".said").first()).containsText("Order ord-" + run);
            var frame = console.page().frameLocator("iframe.html");
            assertThat(frame.getByText("Your order ord-" + run)).isVisible();
            assertThat(console.page().locator("iframe.html"))
                    .hasAttribute("src", Pattern.compile(".*" + id + "/messages/.*/html"));
            frame.getByText("out").click();
            frame.getByText("Win").click();
            assertThat(console.page()).hasTitle(Pattern.compile("^(?!taken).*"));
            assertThat(console.page().url()).contains("/customers/" + customer);
            console.isAccessible().isUsableOnASmallPhone().picture("message");
        }
    }

    @Disabled("Enter did not lead to the customer on a busy machine: not known yet why")
    @Test
    void a_customer_is_found_and_asked_about_by_the_keyboard_alone() {
        // Given
        known("Zoé Keys " + run);
        happened("PACKED");
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/customers");
            var keys = console.page().keyboard();

            // When
            tabTo(console, console.page().getByLabel("Find a customer"));
            keys.type("zoe keys " + run);
            assertThat(console.link(customer)).isVisible();
            assertThat(console.page().locator("tbody tr")).hasCount(1);
            keys.press("Enter");
            assertThat(console.heading()).isFocused();
            tabTo(console, tab(console, "Timeline"));
            keys.press("ArrowRight");
            assertThat(tab(console, "Why not?")).isFocused();
            tabTo(console, pick(console, "ordering.order-status-changed"));
            keys.press("Enter");

            // Then
            assertThat(console.page().locator("#why-answer")).isFocused();
            assertThat(console.page().locator(".rung[data-passed='false']").first())
                    .isVisible();
        }
    }

    @Test
    void another_tenant_finds_neither_the_customer_nor_anything_about_them() {
        // Given
        known("Max " + run);
        var event = happened("PACKED");
        var key = JsonPath.from(api(
                        "POST",
                        "/api/v1/api-keys",
                        "{\"label\": \"support of a brand\", \"roles\": [\"reader\"], \"tenant\": \"brand-" + run
                                + "\"}"))
                .getString("key");
        try (var console = ConsoleBrowser.inProduction().signIn(key)) {
            // Then
            console.open("/customers?q=" + customer);
            assertThat(console.page().getByText("Nobody is found by")).isVisible();
            console.open("/customers/" + customer);
            assertThat(console.page().getByText("Not known, or not any more.")).isVisible();
            assertThat(console.page().getByText("Nothing was decided about this customer yet."))
                    .isVisible();
            console.open("/events/" + event);
            assertThat(console.page().getByText("No event has this id")).isVisible();
        }
    }

    @Test
    void an_event_shows_whom_it_reached_and_is_asked_about_for_somebody_else() {
        // Given
        known("Una " + run);
        var event = happened("SHIPPED");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> api("GET", "/api/v1/events/" + event, null).contains("\"notify\""));
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/events/" + event);
            assertThat(console.heading()).hasText("ordering.order-status-changed");
            assertThat(console.link(customer).first()).isVisible();

            // When
            console.page()
                    .getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Customer"))
                    .fill("nobody-at-all");
            console.click(console.button("Why, or why not?"));

            // Then
            assertThat(console.page().locator("#asked-title")).isFocused();
            assertThat(console.page().locator(".rung[data-passed='false']").first())
                    .containsText("NOT_IN_AUDIENCE");
            console.isAccessible().isUsableOnASmallPhone().picture("event");
        }
    }

    private static Locator tab(ConsoleBrowser console, String name) {
        return console.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator pick(ConsoleBrowser console, String name) {
        return console.page()
                .locator(".picks button")
                .filter(new Locator.FilterOptions().setHasText(name))
                .first();
    }

    private static void tabTo(ConsoleBrowser console, Locator wanted) {
        wanted.waitFor();
        for (int presses = 0; presses < 60; presses++) {
            if ((Boolean) wanted.evaluate("one => one === document.activeElement")) {
                return;
            }
            console.page().keyboard().press("Tab");
        }
        assertThat(wanted).isFocused();
    }

    private void known(String name) {
        api(
                "PUT",
                "/api/v1/customers/" + customer,
                "{\"name\": \"%s\", \"email\": \"%s@example.com\", \"segment\": \"bronze\"}".formatted(name, customer));
    }

    private String happened(String status) {
        var id = "evt-" + run + "-" + status.toLowerCase(Locale.ROOT);
        api("POST", "/api/v1/events", """
                {"event_id": "%s", "user_id": "%s", "event_type": "ordering.order-status-changed", "event_timestamp": "2026-01-01T09:00:00Z",
                 "properties": {"orderId": "ord-%s", "customerId": "%2$s", "newStatus": "%s"}}""".formatted(id, customer, run, status));
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        JsonPath.from(api("GET", "/api/v1/events/" + id, null)).getBoolean("answered"));
        return id;
    }

    private static void hostileType() {
        api("PUT", "/api/v1/templates/HOSTILE/draft", """
                {"files": {"type.yaml": "description: Something hostile\\ncategory: order_updates\\nchannels: [email]\\nvariables:\\n  orderId: { type: id, required: true, example: ord-1, description: The order }\\n",
                 "email.subject.txt": "Order", "email.txt": "Order {orderId}", "email.html": "%s"}}""".formatted(HOSTILE));
        api("POST", "/api/v1/templates/HOSTILE/publish", null);
    }

    /** Asks the service as the administrator. */
    private static String api(String method, String path, String body) {
        try {
            var request = HttpRequest.newBuilder(Production.service().uri(path))
                    .header("X-API-Key", Production.ADMIN_KEY)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as("%s %s: %s", method, path, answer.body())
                    .isLessThan(300);
            return answer.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
