package dev.carillon.console;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.testing.BrowserTest;
import dev.carillon.testing.ConsoleBrowser;
import dev.carillon.testing.JdbcQueries;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.Replicas;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page Delivery, on a service whose database a test may look into. */
@BrowserTest
class DeliveryIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String HOOK = "/hooks/carillon";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;

    private static WireMockServer subscriber;
    private static Replicas replicas;
    private static PackagedService service;
    private static Connection database;

    @BeforeAll
    static void start() throws Exception {
        subscriber =
                new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
        subscriber.start();
        subscriber.stubFor(post(urlPathEqualTo(HOOK)).willReturn(aResponse().withStatus(204)));
        replicas = new Replicas(
                "console_delivery",
                directory,
                Map.of(
                        "CARILLON_PROVIDER_HTTP_PLAIN_HTTP", "true",
                        "CARILLON_PROVIDER_HTTP_PORTS", "" + subscriber.port(),
                        "CARILLON_PROVIDER_HTTP_OPEN_NETWORKS", "127.0.0.0/8"));
        service = replicas.start("console").get(0);
        database = replicas.connect();
    }

    @AfterAll
    static void end() throws Exception {
        database.close();
        replicas.close();
        subscriber.stop();
    }

    @Test
    void a_redrive_by_filter_is_rehearsed_asked_and_then_says_what_came_true() throws Exception {
        // Given
        for (int n = 1; n <= 5; n++) {
            sent("redrive-" + n);
        }
        asAdministrator(
                "POST", "/api/v1/suppressions", "{\"channel\": \"email\", \"address\": \"redrive-4@example.com\"}");
        dead("redrive-_", "HTTP 503", "case when n.customer_id = 'redrive-5' then now() - interval '1 hour' end");
        sent("other-1");
        dead("other-_", "550 5.7.1", "null");

        try (var console = console()) {
            // When
            console.open("/delivery?tab=dead-letters").picture("console-dead-letters");
            console.isAccessible().isUsableOnASmallPhone();
            console.click(
                    console.page().getByRole(AriaRole.LINK, named("HTTP 503")).first());
            assertThat(console.page()).hasURL(Pattern.compile("detail=HTTP\\+503"));
            assertThat(console.page().getByText("dead letters, of which 1 have expired"))
                    .isVisible();
            console.click(console.button("Redrive these…"));

            // Then
            var dialog = console.page().getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("3 go, 1 has expired.");
            assertThat(dialog).containsText("1 would not be sent: Address suppressed");
            console.isAccessible();
            assertThat(JdbcQueries.number(database, "select count(*) from dead_letter where detail = 'HTTP 503'"))
                    .isEqualTo(5);

            // When
            console.click(dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Redrive")));

            // Then
            var outcome = console.page()
                    .getByRole(AriaRole.STATUS, new Page.GetByRoleOptions().setName("What became of them"));
            assertThat(outcome)
                    .hasText(Pattern.compile("3\\s*sent\\s*0\\s*failed again\\s*0\\s*waiting\\s*1\\s*not sent"));
            assertThat(console.page().getByText("1: Address suppressed")).isVisible();
            assertThat(console.page()).hasURL(Pattern.compile("redrive=[0-9A-Z]{26}"));
            assertThat(console.page()
                            .getByRole(
                                    AriaRole.REGION,
                                    new Page.GetByRoleOptions().setName("Earlier redrives, newest first")))
                    .containsText("HTTP 503");
            console.isAccessible().isUsableOnASmallPhone().picture("console-redrive");
        }
    }

    @Test
    void everything_of_a_redrive_is_done_by_keyboard() throws Exception {
        // Given
        sent("keyboard-1");
        dead("keyboard-_", "HTTP 599", "null");

        try (var console = console()) {
            console.open("/delivery");
            var keyboard = console.page().keyboard();

            // When
            tab(console, "Queues and circuits").focus();
            keyboard.press("ArrowRight");

            // Then
            assertThat(tab(console, "Dead letters")).isFocused();
            assertThat(tab(console, "Dead letters")).hasAttribute("aria-selected", "true");

            // When
            console.page().getByLabel("Answer").focus();
            keyboard.type("HTTP 599");
            keyboard.press("Enter");
            assertThat(console.page().getByText("dead letters, of which 0 have expired"))
                    .isVisible();
            console.button("Redrive these…").focus();
            keyboard.press("Enter");
            var dialog = console.page().getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("1 goes, 0 have expired.");
            keyboard.press("Escape");
            assertThat(dialog).isHidden();
            assertThat(console.button("Redrive these…")).isFocused();
            keyboard.press("Enter");
            assertThat(dialog).containsText("1 goes, 0 have expired.");
            keyboard.press("Tab");
            keyboard.press("Enter");

            // Then
            assertThat(console.page()
                            .getByRole(AriaRole.STATUS, new Page.GetByRoleOptions().setName("What became of them")))
                    .hasText(Pattern.compile("1\\s*sent.*"));
        }
    }

    @Test
    void a_test_event_shows_what_the_subscriber_answered() {
        try (var console = console()) {
            // Given
            console.open("/delivery?tab=webhooks");
            console.click(console.button("Add a subscription"));
            console.page().getByLabel("Address").fill(subscriber.baseUrl() + HOOK);
            console.click(console.button("Add"));
            assertThat(console.page()
                            .getByLabel("The secret that signs its calls")
                            .last())
                    .hasValue(Pattern.compile("whsec_.+"));
            console.click(console.button("I have it"));

            // When
            console.click(console.button("Send a test event"));

            // Then
            assertThat(console.page().locator(".answer"))
                    .hasText(Pattern.compile("The test was answered with HTTP 204 in [\\d,]+ ms\\."));
            assertThat(console.page()
                            .getByRole(
                                    AriaRole.REGION,
                                    new Page.GetByRoleOptions().setName("What it was sent, newest first")))
                    .containsText("HTTP 204");
            console.isAccessible().isUsableOnASmallPhone().picture("console-webhooks");
            console.click(console.button("Unsubscribe"));
            console.click(console.page()
                    .getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Unsubscribe")));
            assertThat(console.page().getByText("Nobody is told of statuses yet."))
                    .isVisible();
        }
    }

    @Test
    void an_address_is_suppressed_found_and_lifted() {
        try (var console = console()) {
            // When
            console.open("/delivery?tab=suppressions");
            console.page().getByLabel("Channel").fill("email");
            console.page()
                    .getByLabel("Address", new Page.GetByLabelOptions().setExact(true))
                    .fill("Lifted@Example.com");
            console.click(console.button("Suppress this address"));

            // Then
            var row = console.page()
                    .getByRole(
                            AriaRole.ROW, new Page.GetByRoleOptions().setName(Pattern.compile("lifted@example.com.*")));
            assertThat(row).containsText("Manual");
            console.isAccessible().isUsableOnASmallPhone();

            // When
            console.click(console.button("Lift manual of lifted@example.com"));
            console.click(console.page()
                    .getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Lift")));

            // Then
            assertThat(console.page().getByText("It is not suppressed.")).isVisible();

            // When
            console.page()
                    .getByLabel("Address", new Page.GetByLabelOptions().setExact(true))
                    .fill("not an address");
            console.click(console.button("Suppress this address"));

            // Then
            assertThat(console.page().getByRole(AriaRole.ALERT)).containsText("/address");
        }
    }

    @Test
    void a_key_is_shown_once_says_when_it_was_used_and_is_revoked() throws Exception {
        try (var console = console()) {
            // When
            console.open("/delivery?tab=api-keys");
            console.click(console.button("Make a key"));
            console.page().getByLabel("Owner").fill("billing team");
            console.page().getByLabel("reader").check();
            console.click(console.button("Make it"));
            var shown = console.page().getByRole(AriaRole.TEXTBOX, named("The key of billing team"));
            assertThat(shown).hasValue(Pattern.compile("ck_.+"));
            var key = shown.inputValue();
            console.isAccessible();
            console.click(console.button("I have it"));

            // Then
            assertThat(console.page().locator("body")).not().containsText(key);
            var row = console.page()
                    .getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(Pattern.compile("billing team.*")));
            assertThat(row).containsText("never");
            assertThat(replicas.call(service, "GET", "/api/v1/delivery", key, null)
                            .statusCode())
                    .isEqualTo(200);
            console.page().reload();
            assertThat(row).not().containsText("never");
            console.isAccessible().isUsableOnASmallPhone();

            // When
            console.click(console.button("Revoke the key of billing team"));
            console.click(console.page()
                    .getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke")));

            // Then
            assertThat(row).hasCount(0);
            assertThat(replicas.call(service, "GET", "/api/v1/delivery", key, null)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_reader_sees_neither_redrive_nor_webhooks_nor_keys_and_the_server_refuses_them() throws Exception {
        // Given
        sent("reader-1");
        dead("reader-_", "HTTP 598", "null");
        var reader = new JsonObject(asAdministrator(
                        "POST", "/api/v1/api-keys", "{\"label\": \"reports\", \"roles\": [\"reader\"]}"))
                .getString("key");

        try (var console = ConsoleBrowser.of(service.uri("/")).signIn(reader)) {
            // When
            console.open("/delivery?tab=dead-letters&detail=HTTP+598");

            // Then
            assertThat(console.page().getByText("dead letters, of which 0 have expired"))
                    .isVisible();
            assertThat(console.button("Redrive these…")).hasCount(0);
            assertThat(console.page().getByRole(AriaRole.TAB))
                    .hasText(new String[] {"Queues and circuits", "Dead letters", "Suppressions"});
            assertThat(console.page().evaluate("""
                    () => fetch('/api/v1/session').then(answer => answer.json()).then(session => fetch('/api/v1/dead-letters/redrive', {
                      method: 'POST', headers: {'Content-Type': 'application/json', 'X-CSRF-Token': session.csrfToken}, body: '{"dryRun": true}'
                    })).then(answer => answer.status)""")).isEqualTo(403);
            console.open("/delivery?tab=suppressions");
            assertThat(console.button("Suppress this address")).hasCount(0);
            console.isAccessible();
        }
    }

    @Test
    void queues_show_what_waits_and_which_circuit_is_in_the_way() throws Exception {
        // Given
        try (var statement = database.createStatement()) {
            statement.execute("""
                    insert into circuit (channel, provider, destination, routes, opened_at, open_until, trips)
                    values ('webhook', 'mock', 'default/shop.example.com', 1, now() - interval '3 minutes', now() + interval '1 hour', 2)""");
        }
        sent("queues-1");

        try (var console = console()) {
            // When
            console.open("/delivery");

            // Then
            var circuits = console.page()
                    .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Circuits that are not closed"));
            assertThat(circuits).containsText("shop.example.com");
            assertThat(circuits).containsText("Open");
            assertThat(console.page()
                            .getByRole(
                                    AriaRole.REGION,
                                    new Page.GetByRoleOptions()
                                            .setName(Pattern.compile("What became of deliveries.*"))))
                    .containsText("email");
            console.isAccessible().isUsableOnASmallPhone().picture("console-delivery");

            // When
            try (var statement = database.createStatement()) {
                statement.execute("delete from circuit");
            }

            // Then
            assertThat(console.page().getByText("All circuits are closed")).isVisible();
        }
    }

    private static ConsoleBrowser console() {
        return ConsoleBrowser.of(service.uri("/")).signIn(Replicas.KEY);
    }

    private static Locator tab(ConsoleBrowser console, String name) {
        return console.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    /** A customer, and a message to them. */
    private static void sent(String customer) throws Exception {
        asAdministrator("PUT", "/api/v1/customers/" + customer, "{\"email\": \"%s@example.com\"}".formatted(customer));
        var tracking = new JsonObject(
                        asAdministrator("POST", "/api/v1/notifications", """
                {"type": "%s", "customerId": "%s", "channels": ["email"], "context": {"orderId": "o-1"}}""".formatted(Replicas.TYPE, customer)))
                .getString("trackingId");
        await().atMost(DEADLINE)
                .until(
                        () -> new JsonObject(asAdministrator("GET", "/api/v1/notifications/" + tracking, null))
                                .getString("status"),
                        "sent"::equals);
    }

    /** The messages of these customers count as given up. */
    private static void dead(String customers, String answer, String expiresAt) throws Exception {
        try (var statement = database.createStatement()) {
            statement.execute("""
                    insert into dead_letter (delivery_id, tenant, notification_id, channel, type, expires_at, customer_id, provider, failure, detail, attempts, dead_at)
                    select d.id, d.tenant, d.notification_id, d.channel, n.type, %s, n.customer_id, 'sendgrid', 'PROVIDER_ERROR', '%s', 12, now()
                    from delivery d join notification n on n.tenant = d.tenant and n.id = d.notification_id where n.customer_id like '%s'""".formatted(expiresAt, answer, customers));
        }
    }

    private static String asAdministrator(String method, String path, String body) throws Exception {
        var answer = replicas.call(service, method, path, Replicas.KEY, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 299);
        return answer.body();
    }
}
