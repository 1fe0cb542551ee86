package dev.carillon.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.testing.BrowserTest;
import dev.carillon.testing.ConsoleBrowser;
import dev.carillon.testing.Production;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Texts are written with a live preview, checked at their place, compared, published, and sent to oneself. */
@BrowserTest
@ResourceLock(Production.SHARED)
class TemplatesPageIT {

    private static final String TYPE = "/api/v1/templates/ORDER_SHIPPED";

    @AfterEach
    void back() {
        admin().delete(TYPE + "/draft");
        admin().delete(TYPE);
        admin().delete("/api/v1/layouts/email/draft");
        admin().delete("/api/v1/layouts/email");
    }

    @Test
    void texts_are_published_after_the_difference_was_seen() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            // Given
            console.open("/templates");
            console.click(console.link("ORDER_SHIPPED").first()).click(console.button("sms.txt"));
            assertThat(console.button("Publish")).isDisabled();

            // When
            editor(console, "sms.txt").fill("Order {orderId} is off");

            // Then
            assertThat(console.page().locator("[data-part=text]")).hasText("Order ord-001 is off");
            assertThat(console.page().getByText("1 segment,")).isVisible();
            assertThat(console.button("Publish")).isDisabled();
            console.click(console.button("Show the difference"));
            assertThat(console.page().locator(".diff-line[data-kind=added]")).containsText("Order {orderId} is off");
            assertThat(console.button("Publish")).isEnabled();
            console.isAccessible().isUsableOnASmallPhone().picture("console-templates");

            // When
            console.click(console.button("Publish"));

            // Then
            assertThat(console.page().getByText("Version v", new Page.GetByTextOptions()))
                    .isVisible();
            admin().get(TYPE)
                    .then()
                    .body("origin", equalTo("api"))
                    .body("files.'sms.txt'", equalTo("Order {orderId} is off"));
        }
    }

    @Test
    void a_missing_variable_is_marked_at_its_place_and_cannot_be_published() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/templates/ORDER_SHIPPED?file=sms.txt");
            editor(console, "sms.txt").fill("Dear customer,\nyour order {ordrId} is off");

            assertThat(console.page()
                            .locator(".code-finding[data-severity=error]")
                            .first())
                    .containsText("Line 2, column 12");
            assertThat(console.page()
                            .locator(".code-finding[data-severity=error]")
                            .first())
                    .containsText("did you mean orderId?");
            assertThat(console.page().locator("carillon-code-editor .cm-lintRange-error"))
                    .hasText("{ordrId");
            console.click(console.button("Show the difference"));
            assertThat(console.button("Publish")).isDisabled();
        }
    }

    @Test
    void a_mail_is_shown_in_a_sandbox_in_another_language_for_another_customer() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/templates/ORDER_SHIPPED?channel=email&locale=de");
            var mail = console.page().frameLocator("iframe.mail");
            assertThat(mail.locator("body")).containsText("Alice Johnson");
            assertThat(mail.locator("body")).hasCSS("background-color", "rgb(244, 244, 242)");
            assertThat(console.page().locator("iframe.mail")).hasAttribute("sandbox", "allow-same-origin");

            console.page().getByLabel("Customer").selectOption("cjk");

            assertThat(mail.locator("body")).containsText("王小明");
        }
    }

    @Test
    void a_test_is_sent_to_oneself() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/templates/ORDER_SHIPPED?channel=email");
            console.page().getByLabel("Address, email").fill("author@example.com");
            console.click(console.button("Send a test"));

            assertThat(console.page().getByText("for a***@example.com")).isVisible();
        }
    }

    @Test
    void a_layout_that_breaks_types_says_which_and_is_not_published() {
        try (var console = ConsoleBrowser.ofTheAdministrator()) {
            console.open("/templates/_layout/email");
            editor(console, "email.html").fill("<h1>{brand}</h1>{#insert}{/insert}");
            console.click(console.button("Save as draft"));

            assertThat(console.page().locator(".problem").first()).containsText("ORDER_SHIPPED");
            console.click(console.button("Show the difference"));
            assertThat(console.button("Publish")).isDisabled();
        }
    }

    private static Locator editor(ConsoleBrowser console, String file) {
        if (!console.page().url().contains("file=")) {
            console.click(console.button(file));
        }
        return console.page().getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Text of " + file));
    }

    private static RequestSpecification admin() {
        return given().baseUri(Production.service().uri("/").toString()).header("X-API-Key", Production.ADMIN_KEY);
    }
}
