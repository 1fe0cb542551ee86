package dev.carillon.bench;

import dev.carillon.platform.postgres.EmbeddedPostgres;
import dev.carillon.platform.postgres.EmbeddedPostgresSettings;
import dev.carillon.testing.BrowserTest;
import dev.carillon.testing.ConsoleBrowser;
import dev.carillon.testing.PackagedService;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How long each page of the console takes until it shows something, and until it shows what was asked for, beside 100,000 notifications of
 * 10,000 customers: the table of docs/console.md. Nothing is asserted. Run it by its name:
 * {@code ./mvnw verify -Djacoco.skip -Dtest=none -Dit.test=ConsoleBench -Dbench.customers=10000}
 */
@Isolated
@BrowserTest
class ConsoleBench {

    private static final int NOTIFICATIONS = Integer.getInteger("bench.notifications", 100_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);

    /** What is asked for is there: nothing is being loaded any more. Since the navigation began, in milliseconds. */
    private static final String CONTENT = """
            () => document.querySelector('main h1') && !document.querySelector('main .loading')
              && document.querySelector('main :is(table, .card, .empty, .figure, form, li)') ? performance.now() : null""";

    private static final String PAINT =
            "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()";

    private static final Map<String, String> ADDRESSES = addresses();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void first_content_of_each_page() throws Exception {
        var directory = Bench.newDirectory();
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres")));
                var service = PackagedService.launchToMeasure(directory, Carillon.environment(postgres))
                        .awaitStarted()) {
            fill(service, postgres);
            System.out.println("| page | first paint, ms | content, median (most), ms |\n| --- | --- | --- |");
            ADDRESSES.forEach((name, address) -> System.out.println(row(service, name, address)));
        }
        Bench.delete(directory);
    }

    private static Map<String, String> addresses() {
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("Live", "/");
        addresses.put("Customers", "/customers");
        addresses.put("Customers: one", "/customers/cust-0");
        addresses.put("Events", "/events");
        addresses.put("Stories", "/stories");
        addresses.put("Rules", "/rules");
        addresses.put("Templates", "/templates");
        addresses.put("Delivery: queues", "/delivery");
        addresses.put("Delivery: dead letters", "/delivery?tab=dead-letters");
        addresses.put("Delivery: suppressions", "/delivery?tab=suppressions");
        return addresses;
    }

    private static String row(PackagedService service, String name, String address) {
        var paints = new ArrayList<Double>();
        var contents = new ArrayList<Double>();
        try (var console = ConsoleBrowser.of(service.uri("/")).signIn(Carillon.KEY)) {
            if (!console.link(name.split(":")[0]).first().isVisible()) {
                return "| " + name + " | none | none |";
            }
            for (int round = 0; round <= ROUNDS; round++) {
                console.open(address);
                double content = number(console.page().waitForFunction(CONTENT).jsonValue());
                if (round > 0) {
                    paints.add(number(console.page().evaluate(PAINT)));
                    contents.add(content);
                }
            }
        }
        var sorted = contents.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f (%.0f) |",
                name,
                Results.middle(paints),
                Results.middle(contents),
                sorted.get(sorted.size() - 1));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** One customer, one message, one dead letter and one decision, written by the service, and then many times by SQL. */
    private void fill(PackagedService service, EmbeddedPostgres postgres) throws Exception {
        call(
                service,
                "PUT",
                "/api/v1/customers/cust-0",
                "{\"name\": \"Alice\", \"email\": \"alice@example.com\", \"segment\": \"gold\"}");
        call(service, "POST", "/api/v1/notifications", """
                {"type": "ORDER_SHIPPED", "customerId": "cust-0", "channels": ["email"], "context": {"orderId": "ord-1"}}""");
        try (var database = new Database(postgres.address(), "carillon")) {
            database.until("exists (select from attempt where outcome = 'sent')");
            var copies = new Copies(database);
            copies.prepare();
            copies.customers(Bench.CUSTOMERS);
            copies.past(NOTIFICATIONS);
            database.run("""
                    insert into dead_letter (delivery_id, tenant, notification_id, channel, type, customer_id, provider, failure, detail, attempts, dead_at)
                    select d.id, d.tenant, d.notification_id, d.channel, 'ORDER_SHIPPED', null, 'sendgrid', 'PROVIDER_ERROR', 'HTTP ' || 500 + length(d.id) % 7, 12, d.created_at
                    from delivery d order by d.id desc limit 10000""");
            database.run("analyze");
        }
    }

    private String call(PackagedService service, String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(service.uri(path))
                .header("X-API-Key", Carillon.KEY)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        return answer.body();
    }
}
