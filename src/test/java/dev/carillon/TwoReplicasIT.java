package dev.carillon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.carillon.testing.Replicas.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.carillon.testing.JdbcQueries;
import dev.carillon.testing.PackagedService;
import dev.carillon.testing.PackagedTest;
import dev.carillon.testing.Replicas;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What two replicas on one database share: limits, circuits, jobs, and what is known of customers. */
@PackagedTest
class TwoReplicasIT {

    private static final int PROVIDER_RATE = 25;
    private static final int PROVIDER_SLICE = 7;
    private static final int CALLER_RATE = 60;
    private static final int CALLER_SLICE = 15;
    private static final int RECIPIENT_LIMIT = 10;
    private static final Duration RECIPIENT_PER = Duration.ofSeconds(2);
    private static final int FAILURES = 30;
    private static final int TOO_MANY_FAILURES = 2 * FAILURES + 5;
    private static final int LATE = 20;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PROBE_FAILED = "failures=1 attempts=1 ";
    private static final AtomicInteger NUMBERS = new AtomicInteger(100);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;

    private static WireMockServer provider;
    private static Replicas replicas;
    private static List<PackagedService> both;
    private static Connection database;

    @BeforeAll
    static void twoReplicas() throws Exception {
        provider = new WireMockServer(
                wireMockConfig().bindAddress("127.0.0.1").dynamicPort().containerThreads(60));
        provider.start();
        answers("/2010-04-01/Accounts/AC1/Messages.json", 201);
        answers("/v3/mail/send", 500);
        replicas = new Replicas(
                "two",
                directory,
                Map.ofEntries(
                        Map.entry("CARILLON_DELIVERY_SMS_PROVIDER", "twilio"),
                        Map.entry("CARILLON_PROVIDER_TWILIO_URL", provider.baseUrl()),
                        Map.entry("CARILLON_PROVIDER_TWILIO_ACCOUNT_SID", "AC1"),
                        Map.entry("CARILLON_PROVIDER_TWILIO_AUTH_TOKEN", "token"),
                        Map.entry("CARILLON_DELIVERY_SMS_RATE_LIMIT_TWILIO", "" + PROVIDER_RATE),
                        Map.entry("CARILLON_DELIVERY_SMS_RECIPIENT_LIMIT_MESSAGES", "" + RECIPIENT_LIMIT),
                        Map.entry("CARILLON_DELIVERY_SMS_RECIPIENT_LIMIT_PER", RECIPIENT_PER.toString()),
                        Map.entry("CARILLON_DELIVERY_EMAIL_PROVIDER", "sendgrid,mock"),
                        Map.entry("CARILLON_PROVIDER_SENDGRID_URL", provider.baseUrl()),
                        Map.entry("CARILLON_PROVIDER_SENDGRID_API_KEY", "SG.key"),
                        Map.entry("CARILLON_DELIVERY_WEBHOOK_PROVIDER", "http"),
                        Map.entry("CARILLON_PROVIDER_HTTP_PLAIN_HTTP", "true"),
                        Map.entry("CARILLON_PROVIDER_HTTP_PORTS", "" + provider.port()),
                        Map.entry("CARILLON_PROVIDER_HTTP_OPEN_NETWORKS", "127.0.0.0/8"),
                        Map.entry("CARILLON_CIRCUIT_AT_LEAST", "" + FAILURES),
                        Map.entry("CARILLON_CIRCUIT_PAUSE", "PT1S"),
                        Map.entry("CARILLON_CIRCUIT_LONGEST_PAUSE", "PT1S"),
                        Map.entry("CARILLON_DEMO_ENABLED", "true"),
                        Map.entry("CARILLON_API_RATE_LIMIT_PER_SECOND", "" + CALLER_RATE),
                        Map.entry("CARILLON_RETENTION_LOOK_EVERY", "1s"),
                        Map.entry("CARILLON_RETENTION_LOOK_AFTER", "1s")));
        both = replicas.start("a", "b");
        database = replicas.connect();
    }

    @AfterAll
    static void end() throws Exception {
        database.close();
        replicas.close();
        provider.stop();
    }

    @Test
    void a_provider_and_a_recipient_get_no_more_from_both_than_from_one() throws Exception {
        // Given
        var customers = new ArrayList<String>();
        for (int n = 0; n < 20; n++) {
            customers.add(customer("{\"name\": \"L\", \"phone\": \"%s\"}"));
        }
        var hot = customers.get(0);
        long since = System.currentTimeMillis();

        // When
        each(replica -> submit(
                replica,
                "sms",
                "limit-" + both.indexOf(replica) + "-",
                IntStream.range(0, 65)
                        .mapToObj(n -> n % 4 == 0 ? hot : customers.get(1 + n % 19))
                        .toList()));
        await().atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        number("select count(*) from outbox where channel = 'sms' and hold_reason = 'RATE_LIMITED'")
                                > 0);
        await().atMost(DEADLINE).until(() -> number("select count(*) from outbox where channel = 'sms'") == 0);

        // Then
        var sent = requests("/2010-04-01").stream()
                .filter(request -> request.formParameter("Body").firstValue().contains("limit-"))
                .toList();
        assertThat(sent).hasSize(130);
        assertThat(sent.stream().map(request -> request.getHeader("Idempotency-Key")))
                .doesNotHaveDuplicates();
        assertThat(sent.stream().map(request -> request.formParameter("From").firstValue()))
                .contains(Replicas.numberOf("a"), Replicas.numberOf("b"));
        neverMore(
                sent, since, millis -> PROVIDER_RATE + PROVIDER_RATE * millis / 1000.0 + both.size() * PROVIDER_SLICE);
        var number = phone(hot);
        var toHot = sent.stream()
                .filter(request -> request.formParameter("To").firstValue().equals(number))
                .toList();
        assertThat(toHot).hasSize(34);
        neverMore(toHot, since, millis -> RECIPIENT_LIMIT * (1 + millis / RECIPIENT_PER.toMillis()));
        assertThat(
                        number(
                                "select count(*) from attempt where number > 1 and delivery_id in (select id from delivery where channel = 'sms')"))
                .as("attempts burnt")
                .isZero();
    }

    @Test
    void a_caller_is_let_through_by_both_no_more_often_than_by_one() throws Exception {
        // Given
        var key = newKey().getString("key");
        long since = System.currentTimeMillis();
        var passed = List.of(new AtomicInteger(), new AtomicInteger());
        var refused = List.of(new AtomicInteger(), new AtomicInteger());

        // When
        each(replica -> {
            int me = both.indexOf(replica);
            while (refused.get(0).get() < 50 || refused.get(1).get() < 50) {
                var answer = replicas.call(replica, "GET", "/api/v1/templates", key, null);
                (answer.statusCode() == 200 ? passed : refused).get(me).incrementAndGet();
                if (answer.statusCode() != 200) {
                    assertThat(answer.statusCode()).isEqualTo(429);
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                }
            }
            return null;
        });

        // Then
        long millis = System.currentTimeMillis() - since;
        int all = passed.get(0).get() + passed.get(1).get();
        assertThat(all).isBetween(CALLER_RATE, (int)
                (CALLER_RATE + CALLER_RATE * millis / 1000.0 + both.size() * CALLER_SLICE));
        assertThat(passed).allSatisfy(one -> assertThat(one.get()).isPositive());
    }

    @Test
    void a_destination_that_fails_is_left_alone_by_both_until_one_of_them_has_found_out() throws Exception {
        // Given
        answers("/hook", 500);
        var customer = customer("{\"name\": \"W\", \"phone\": \"%s\", \"attributes\": {\"webhook\": \""
                + provider.baseUrl() + "/hook\"}}");
        ok(replicas.call(
                both.get(0),
                "PUT",
                "/api/v1/preferences/" + customer,
                KEY,
                "{\"preferences\": {\"order_updates\": {\"webhook\": true}}}"));
        submit(both.get(0), "webhook", "early-", Collections.nCopies(TOO_MANY_FAILURES, customer));
        await().atMost(DEADLINE)
                .until(() -> !circuit(both.get(0)).equals("closed")
                        && !circuit(both.get(1)).equals("closed"));
        await().atMost(DEADLINE)
                .until(() -> number("select count(*) from outbox where channel = 'webhook' and state = 1") == 0);

        // When
        int probesBefore;
        int requestsBefore;
        do {
            probesBefore = probesFailed();
            requestsBefore = requests("/hook").size();
        } while (probesBefore != probesFailed()
                || number("select count(*) from outbox where channel = 'webhook' and state = 1") > 0);
        each(replica -> submit(replica, "webhook", "late-", Collections.nCopies(LATE, customer)));
        for (var replica : both) {
            var waiting = texts(
                    "select n.id from notification n join delivery d on d.notification_id = n.id join outbox o on o.delivery_id = d.id where d.body like '%late-%' and o.attempt = 0 "
                            + "order by n.id desc");
            assertThat(waiting).isNotEmpty();
            await().atMost(DEADLINE)
                    .until(() -> ok(replicas.call(replica, "GET", "/api/v1/notifications/" + waiting.get(0), KEY, null))
                            .encode()
                            .contains("CIRCUIT_OPEN"));
        }
        int until = probesBefore + 2;
        await().atMost(DEADLINE).until(() -> probesFailed() >= until);
        answers("/hook", 204);
        await().atMost(DEADLINE).until(() -> number("select count(*) from outbox where channel = 'webhook'") == 0);

        // Then
        int failed = (int) events("/hook")
                .filter(event -> event.getResponse().getStatus() == 500)
                .count();
        assertThat(failed - requestsBefore)
                .as("while it was open there were probes and nothing else, one at a time")
                .isEqualTo(probesFailed() - probesBefore);
        assertThat(
                        number(
                                "select count(*) from attempt a join delivery d on d.id = a.delivery_id where d.channel = 'webhook' and a.outcome = 'retry' and a.failure = 'PROVIDER_ERROR'"))
                .as("each is written down")
                .isEqualTo(failed);
        assertThat(events("/hook")
                        .filter(event -> event.getResponse().getStatus() == 204)
                        .map(event -> event.getRequest().getHeader("Idempotency-Key")))
                .hasSize(TOO_MANY_FAILURES + 2 * LATE)
                .doesNotHaveDuplicates();
        await().atMost(DEADLINE)
                .until(() -> circuit(both.get(0)).equals("closed")
                        && circuit(both.get(1)).equals("closed"));
        assertThat(number("select count(*) from circuit where channel = 'webhook'"))
                .isZero();
        assertThat(both.get(0).output() + both.get(1).output())
                .contains(
                        "a destination works again: channel=webhook",
                        "a destination works again, according to another replica: channel=webhook");
    }

    @Test
    void what_the_first_provider_cannot_send_the_second_does_from_both_and_the_failure_counts() throws Exception {
        // Given
        var customer = customer("{\"name\": \"F\", \"phone\": \"%s\", \"email\": \"f@example.com\"}");

        // When
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(500)).until(() -> {
            for (var replica : both) {
                submit(replica, "email", "mail-", List.of(customer));
            }
            return Stream.of("a@", "b@")
                            .allMatch(from -> requests("/v3/mail").stream()
                                    .anyMatch(
                                            request -> request.getBodyAsString().contains(from)))
                    && both.get(0).output().contains("[EMAIL]")
                    && both.get(1).output().contains("[EMAIL]");
        });
        await().atMost(DEADLINE).until(() -> number("select count(*) from outbox where channel = 'email'") == 0);

        // Then
        var tried = requests("/v3/mail");
        assertThat(texts(
                        "select string_agg(a.provider || ' ' || a.outcome || coalesce(' ' || a.failure, ''), ', ' order by a.number) from attempt a join delivery d on d.id = a.delivery_id "
                                + "where d.channel = 'email' group by a.delivery_id"))
                .hasSizeGreaterThanOrEqualTo(2)
                .containsOnly("sendgrid retry PROVIDER_ERROR, mock sent");
        assertThat(number("select count(*) from attempt where provider = 'sendgrid'"))
                .isEqualTo(tried.size());
        assertThat(tried.stream().map(request -> request.getHeader("Idempotency-Key")))
                .doesNotHaveDuplicates();
        assertThat(retries(both.get(0)) + retries(both.get(1))).isEqualTo(tried.size());
    }

    @Test
    void a_job_is_done_by_one_of_both_each_time() throws Exception {
        // Given
        await().atMost(DEADLINE)
                .until(() -> number(
                                "select count(*) from job where name = 'retention' and ended_at > '-infinity' and leased_until = '-infinity'")
                        == 1);
        try (var statement = database.createStatement()) {
            statement.execute("""
                    create table job_log (name text, replica text);
                    create function job_begins() returns trigger language plpgsql as $$
                      begin insert into carillon.job_log values (new.name, current_setting('application_name')); return new; end $$;
                    create trigger job_begins after insert or update on job for each row when (new.leased_until > '-infinity') execute function job_begins();
                    select make_partitions(now() - interval '200 days', 1)""");
        }
        var rounds = new AtomicInteger();

        // When
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(50)).until(() -> {
            rounds.addAndGet(
                    updated(
                            "update job set ended_at = '-infinity' where name = 'retention' and leased_until = '-infinity' and ended_at > '-infinity'"));
            return rounds.get() >= 4
                    && number("select count(distinct replica) from job_log where name = 'retention'") == 2;
        });
        await().atMost(DEADLINE)
                .until(() -> number(
                                "select count(*) from job where name = 'retention' and ended_at > '-infinity' and leased_until = '-infinity'")
                        == 1);

        // Then
        assertThat(number("select count(*) from job_log where name = 'retention'"))
                .isEqualTo(rounds.get());
        assertThat(texts("select name from weeks_of('delivery') where ends < now() - interval '100 days'"))
                .as("and the work is done")
                .isEmpty();
    }

    @Test
    void what_one_has_answered_the_other_knows() throws Exception {
        // Given
        var a = both.get(0);
        var b = both.get(1);
        var customer = customer("{\"name\": \"K\", \"phone\": \"%s\"}");
        var number = phone(customer);
        var key = newKey();
        var wanted = "{\"preferences\": {\"order_updates\": {\"sms\": %s}}}";

        // When a key is made, and taken back
        assertThat(replicas.call(b, "GET", "/api/v1/templates", key.getString("key"), null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(replicas.call(a, "DELETE", "/api/v1/api-keys/" + key.getString("id"), KEY, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(replicas.call(a, "GET", "/api/v1/templates", key.getString("key"), null)
                        .statusCode())
                .isEqualTo(401);

        // Then preferences hold at once
        for (int n = 0; n < 5; n++) {
            ok(replicas.call(a, "PUT", "/api/v1/preferences/" + customer, KEY, wanted.formatted(false)));
            assertThat(submitOne(b, customer).encode()).contains("suppressed", "CATEGORY_OFF");
            ok(replicas.call(a, "PUT", "/api/v1/preferences/" + customer, KEY, wanted.formatted(true)));
            assertThat(submitOne(b, customer).getString("status")).isEqualTo("accepted");
        }

        // And so do suppressions
        for (int n = 0; n < 3; n++) {
            var suppression = ok(replicas.call(
                    a,
                    "POST",
                    "/api/v1/suppressions",
                    KEY,
                    "{\"channel\": \"sms\", \"address\": \"%s\"}".formatted(number)));
            assertThat(submitOne(b, customer).encode()).contains("suppressed", "ADDRESS_SUPPRESSED");
            assertThat(replicas.call(a, "DELETE", "/api/v1/suppressions/" + suppression.getString("id"), KEY, null)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(submitOne(b, customer).getString("status")).isEqualTo("accepted");
        }

        // And words and rules with its next look
        ok(replicas.call(a, "PUT", "/api/v1/templates/" + Replicas.TYPE + "/draft", KEY, """
                {"files": {"sms.txt": "new words {orderId}", "email.txt": "m {orderId}", "email.subject.txt": "m", "webhook.txt": "w {orderId}", "webhook.subject.txt": "w"}}"""));
        ok(replicas.call(a, "POST", "/api/v1/templates/" + Replicas.TYPE + "/publish", KEY, null));
        ok(replicas.call(a, "POST", "/api/v1/rules/order-shipped/disable", KEY, null));
        assertThat(wordsAt(a, customer)).startsWith("new words");
        await().atMost(DEADLINE).until(() -> wordsAt(b, customer).startsWith("new words"));
        await().atMost(DEADLINE)
                .until(() -> !ok(replicas.call(b, "GET", "/api/v1/rules/order-shipped", KEY, null))
                        .getBoolean("enabled"));
        for (var replica : both) {
            assertThat(wordsAt(replica, customer)).startsWith("new words");
        }

        // And a key that was taken back opens nothing there either
        await().atMost(DEADLINE)
                .until(() -> replicas.call(b, "GET", "/api/v1/templates", key.getString("key"), null)
                                .statusCode()
                        == 401);
    }

    /** Whichever replica sends what the demo on the other one tells. */
    @Test
    void a_demo_at_either_reaches_nobody_by_any_provider() throws Exception {
        // When
        each(replica -> {
            for (var scenario : List.of("order-shipped", "price-drop-alert")) {
                told(replica, "GET", "/demo/event-sourced/" + scenario, null);
                told(replica, "POST", "/demo/api-driven/" + scenario, "{}");
            }
            return null;
        });

        // Then
        assertThat(requests("/").stream().map(LoggedRequest::getBodyAsString))
                .noneMatch(body -> body.matches("(?s).*(alice|bob|carol|david)@example.*|.*1-?555-?01[0-9]{2}.*"));
    }

    @Test
    void a_key_that_is_taken_back_at_one_keeps_no_stream_open_at_either() throws Exception {
        // Given
        var customer = customer("{\"name\": \"S\", \"phone\": \"%s\"}");
        var key = newKey();
        var streams = new ArrayList<CompletableFuture<HttpResponse<Void>>>();
        var alive = new AtomicInteger();
        for (var replica : both) {
            var request = HttpRequest.newBuilder(replica.uri("/api/v1/customers/" + customer + "/inbox/stream"))
                    .header("X-API-Key", key.getString("key"))
                    .build();
            streams.add(HttpClient.newHttpClient()
                    .sendAsync(
                            request,
                            BodyHandlers.ofByteArrayConsumer(
                                    part -> part.ifPresent(bytes -> alive.incrementAndGet()))));
        }
        await().atMost(DEADLINE).until(() -> alive.get() >= 2);
        assertThat(streams).noneMatch(CompletableFuture::isDone);

        // When
        assertThat(replicas.call(both.get(0), "DELETE", "/api/v1/api-keys/" + key.getString("id"), KEY, null)
                        .statusCode())
                .isEqualTo(204);

        // Then
        await().atMost(DEADLINE).until(() -> streams.stream().allMatch(CompletableFuture::isDone));
        assertThat(streams).allMatch(ended -> ended.join().statusCode() == 200);
        assertThat(replicas.call(both.get(1), "GET", "/api/v1/templates", key.getString("key"), null)
                        .statusCode())
                .isEqualTo(401);
    }

    private static String wordsAt(PackagedService replica, String customer) throws Exception {
        var id = submitOne(replica, customer).getString("trackingId");
        return texts("select body from delivery where notification_id = '" + id + "'")
                .get(0);
    }

    private static JsonObject submitOne(PackagedService replica, String customer) throws Exception {
        return ok(replicas.call(replica, "POST", "/api/v1/notifications", KEY, note(customer, "sms", "known")));
    }

    private static JsonObject submit(PackagedService replica, String channel, String order, List<String> customers)
            throws Exception {
        var notes = IntStream.range(0, customers.size())
                .mapToObj(n -> note(customers.get(n), channel, order + n))
                .collect(Collectors.joining(", "));
        var answer = ok(replicas.call(
                replica, "POST", "/api/v1/notifications/batch", KEY, "{\"notifications\": [" + notes + "]}"));
        assertThat(answer.getInteger("accepted")).as(answer.encode()).isEqualTo(customers.size());
        return answer;
    }

    private static String note(String customer, String channel, String order) {
        return "{\"type\": \"%s\", \"customerId\": \"%s\", \"channels\": [\"%s\"], \"context\": {\"orderId\": \"%s\"}}"
                .formatted(Replicas.TYPE, customer, channel, order);
    }

    /** @param contact with a place for a number of its own */
    private static String customer(String contact) throws Exception {
        int n = NUMBERS.incrementAndGet();
        ok(replicas.call(both.get(n % 2), "PUT", "/api/v1/customers/c-" + n, KEY, contact.formatted(phone("c-" + n))));
        return "c-" + n;
    }

    private static String phone(String customer) {
        return "+1202555" + String.format("%04d", Integer.parseInt(customer.substring(2)));
    }

    private static JsonObject newKey() throws Exception {
        return ok(replicas.call(
                both.get(0), "POST", "/api/v1/api-keys", KEY, "{\"label\": \"shared\", \"roles\": [\"sender\"]}"));
    }

    /** On a machine that is too busy to tell a story within its limit, it is told again. */
    private static void told(PackagedService replica, String method, String story, String body) {
        ok(await().atMost(DEADLINE.multipliedBy(3))
                .ignoreExceptionsInstanceOf(HttpTimeoutException.class)
                .until(() -> replicas.call(replica, method, story, KEY, body), answer -> answer.statusCode() != 503));
    }

    private static JsonObject ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return new JsonObject(answer.body());
    }

    /** At both at the same time. */
    private static <T> void each(ThrowingFunction<PackagedService, T> work) throws Exception {
        var callers = Executors.newFixedThreadPool(both.size());
        try {
            for (var done : callers.invokeAll(both.stream()
                    .map(replica -> (Callable<T>) () -> work.apply(replica))
                    .toList())) {
                done.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private interface ThrowingFunction<A, B> {

        B apply(A argument) throws Exception;
    }

    private interface Bound {

        double after(long millis);
    }

    /** What was let through came no earlier than it was let through: so long after the beginning, so much at most. */
    private static void neverMore(List<LoggedRequest> requests, long since, Bound bound) {
        var times = requests.stream()
                .map(request -> request.getLoggedDate().getTime())
                .sorted(Comparator.naturalOrder())
                .toList();
        for (int n = 0; n < times.size(); n++) {
            long millis = times.get(n) - since + 1;
            assertThat((double) n + 1).as("after %d ms", millis).isLessThanOrEqualTo(bound.after(millis));
        }
    }

    private static String circuit(PackagedService replica) throws Exception {
        var ready = new JsonObject(
                replicas.call(replica, "GET", "/healthz/ready", KEY, null).body());
        assertThat(ready.getString("status")).isEqualTo("UP");
        return ready.getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(check -> check.getString("name").equals("circuits"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("data", new JsonObject())
                .getString("webhook/http", "closed");
    }

    private static int probesFailed() throws IOException {
        return (int) both.stream()
                .flatMap(replica -> lines(replica))
                .filter(line -> line.contains("channel=webhook") && line.contains(PROBE_FAILED))
                .count();
    }

    private static Stream<String> lines(PackagedService replica) {
        try {
            return replica.output().lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int retries(PackagedService replica) throws Exception {
        return replicas.call(replica, "GET", "/q/metrics", KEY, null)
                .body()
                .lines()
                .filter(line -> line.startsWith("carillon_deliveries_total")
                        && line.contains("channel=\"email\"")
                        && line.contains("outcome=\"retry\""))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void answers(String path, int status) {
        provider.stubFor(post(urlPathEqualTo(path))
                .willReturn(aResponse().withStatus(status).withBody("{\"sid\": \"SM1\"}")));
    }

    private static List<LoggedRequest> requests(String path) {
        return events(path).map(ServeEvent::getRequest).toList();
    }

    private static Stream<ServeEvent> events(String path) {
        return provider.getAllServeEvents().stream()
                .filter(event -> event.getRequest().getUrl().startsWith(path));
    }

    private static synchronized int updated(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        return Long.parseLong(texts(sql).get(0));
    }

    private static synchronized List<String> texts(String sql) throws SQLException {
        return JdbcQueries.texts(database, sql);
    }
}
