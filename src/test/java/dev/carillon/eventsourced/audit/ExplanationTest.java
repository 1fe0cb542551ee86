package dev.carillon.eventsourced.audit;

import static dev.carillon.testing.PostedEvent.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.carillon.eventsourced.reaction.AsOfEvaluation;
import dev.carillon.eventsourced.reaction.AsOfEvaluation.AsOfDecision;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Decision.Wait;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.ruleset.ActiveRules;
import dev.carillon.notification.decision.GateResult;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.DecisionView;
import dev.carillon.notification.tracking.Decisions;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.PostedEvent;
import dev.carillon.testing.PutRule;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "Why was I told this, and why was I not?", asked about everybody. */
@QuarkusTest
class ExplanationTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Instant NOON =
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));

    @Inject
    AsOfEvaluation asOfEvaluation;

    @Inject
    PgEventAudit events;

    @Inject
    Decisions decisions;

    @Inject
    ActiveRules shelf;

    @Inject
    Transactions transactions;

    @Inject
    Pool pool;

    @Inject
    Ids ids;

    private final List<String> rules = new ArrayList<>();
    private String run;

    @BeforeEach
    void apart() {
        run = ids.next().toLowerCase(Locale.ROOT);
    }

    @AfterEach
    void theRulesGo() {
        rules.forEach(id -> given().delete("/api/v1/rules/" + id));
        pool.preparedQuery("delete from timer where rule_id like $1").executeAndAwait(Tuple.of("%" + run));
    }

    @Test
    void a_text_that_fits_no_index_is_no_key_and_spoils_no_other_event() {
        // Given
        var customer = "long-" + UUID.randomUUID();
        rules.add("long-keys");
        PutRule.rule("long-keys", """
                id: long-keys
                on: keys.made
                collect: {by: event.data.set, item: event.data.item, value: event.id, expect: "['a']"}
                when: size(collected) > 0
                notify: {type: WELCOME_EMAIL}
                """);
        var text = new Random(7)
                .ints(5_000, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        // Then: none is refused
        var made = PostedEvent.event(customer, "keys.made");
        publish(
                made.data("{\"set\": \"s\", \"item\": \"b\"}"),
                made.data("{\"set\": \"" + text + "\", \"item\": \"a\"}"),
                made.data("{\"set\": \"s\", \"item\": \"" + text + "\"}"));
    }

    @Test
    void whatever_was_decided_is_judged_the_same_again() {
        // Given
        long seed = new Random().nextLong();
        var random = new Random(seed);
        everyKindOfRule();
        var customers = IntStream.range(0, 6).mapToObj(n -> "c" + n + "-" + run).toList();
        var events = history(random, customers);

        // When
        for (int from = 0; from < events.size(); from += 7) {
            publish(events.subList(from, Math.min(events.size(), from + 7)));
        }
        awaitAnswered();

        // Then
        var everybody = new ArrayList<>(customers);
        everybody.add("nobody-" + run);
        var kinds = new HashMap<String, Integer>();
        for (var id : eventIds()) {
            compare(id, everybody, "seed " + seed, kinds);
        }
        assertThat(kinds)
                .as("seed %d: otherwise it proves little", seed)
                .containsKeys(
                        "notify",
                        "suppress",
                        "defer",
                        "digest",
                        "ignore",
                        "nothing",
                        "WRITTEN CONDITION_FALSE",
                        "WRITTEN NOT_ELIGIBLE",
                        "WRITTEN AWAITING_CORRELATION");
    }

    private void compare(String eventId, List<String> customers, String seed, Map<String, Integer> kinds) {
        var entry = transactions
                .inTransaction(tx -> events.find(tx, "default", eventId, null))
                .await()
                .atMost(DEADLINE)
                .orElseThrow();
        var recorded = entry.recorded();
        var listening = shelf.book().listeningTo(recorded.event().type());
        for (var customer : listening.isEmpty() ? List.<String>of() : customers) {
            var answers = transactions
                    .inTransaction(tx -> asOfEvaluation.answers(tx, recorded, customer, listening))
                    .await()
                    .atMost(DEADLINE);
            var written = transactions
                    .inTransaction(tx -> decisions.ofCustomer(
                            tx,
                            "default",
                            entry.eventRef(),
                            customer,
                            listening.stream().map(Rule::id).toList()))
                    .await()
                    .atMost(DEADLINE);
            for (var rule : listening) {
                var as = "%s, event %s of %s, customer %s, rule %s"
                        .formatted(seed, eventId, recorded.event().type(), customer, rule.id());
                agree(
                        as,
                        answers.stream().filter(answer -> answer.rule() == rule).toList(),
                        written.stream()
                                .filter(one -> rule.id().equals(one.ruleId()) && !isReview(one))
                                .toList(),
                        kinds);
            }
        }
    }

    /** What was held back is judged again by the corridor when its time has come, in a record of its own: no rule is asked. */
    private static boolean isReview(DecisionView written) {
        return written.notificationId() != null
                && !written.notificationId().equals(written.id())
                && !List.of("digest", "ignore").contains(written.verdict());
    }

    private static void agree(
            String as, List<AsOfDecision> answers, List<DecisionView> written, Map<String, Integer> kinds) {
        var refusals = answers.stream()
                .map(AsOfDecision::decision)
                .filter(Ignore.class::isInstance)
                .map(Ignore.class::cast)
                .toList();
        var rest = answers.stream()
                .map(AsOfDecision::decision)
                .filter(decision -> !(decision instanceof Ignore))
                .toList();
        var ignored =
                written.stream().filter(one -> one.verdict().equals("ignore")).toList();
        var others =
                written.stream().filter(one -> !one.verdict().equals("ignore")).toList();

        assertThat(others).as(as).hasSameSizeAs(rest);
        assertThat(ignored)
                .as(as)
                .allSatisfy(one -> assertThat(refusals).anySatisfy(again -> {
                    assertThat(again.reason()).isEqualTo(one.reason());
                    assertThat(again.gates()).isEqualTo(one.gates());
                }));
        for (int i = 0; i < rest.size(); i++) {
            var decision = rest.get(i);
            var gates = decision instanceof Wait wait && wait.kind() == Wait.WaitKind.DIGEST
                    ? decision.gates().subList(0, decision.gates().size() - 1)
                    : decision.gates();
            assertThat(others)
                    .as(as)
                    .anySatisfy(one -> assertThat(one.gates()).startsWith(gates.toArray(GateResult[]::new)));
        }
        written.forEach(one -> kinds.merge(one.verdict(), 1, Integer::sum));
        ignored.forEach(one -> kinds.merge("WRITTEN " + one.reason(), 1, Integer::sum));
        if (written.isEmpty()) {
            kinds.merge("nothing", 1, Integer::sum);
        }
    }

    private void everyKindOfRule() {
        rule("subject", "on: a.$", "when: event.data.n > 3", "once: \"$/${event.data.n}/${customer.id}\"");
        rule("segment", "on: a.$", "audience: { segment: gold-$ }", "where: customer.vip == true");
        rule(
                "collect",
                "on: a.$",
                "collect: { by: event.data.set, item: event.data.item, value: event.data.n, expect: \"['x', 'y', 'z']\" }",
                "when: collected.all(n, n > 2)");
        rule(
                "cart",
                "on: b.$",
                "audience: { cart: event.data.productId }",
                "where: customer.segment in ['gold-$', 'silver-$']",
                "once: \"$/${event.data.productId}/${customer.id}\"");
        rule(
                "wishlist",
                "on: b.$",
                "when: event.data.n % 2 == 0",
                "audience: { wishlist: event.data.productId }",
                "throttle: { max: 1, per: PT1H }");
        rule(
                "delay",
                "on: b.$",
                "audience: { cart: event.data.productId }",
                "where: customer.vip == true",
                "delay: P30D");
        rule(
                "list",
                "on: c.$",
                "audience: { customers: [\"c1-$\", \"c${event.data.n}-$\"] }",
                "where: customer.vip == true");
        rule(
                "after",
                "on: c.$",
                "after: { event: [a.$, b.$], within: PT3H, by: event.data.item }",
                "where: customer.segment == 'gold-$'");
        rule(
                "digest",
                "on: [a.$, c.$]",
                "where: customer.vip == true",
                "digest: { wait: P30D, by: \"${event.data.item}\" }");
        rule("absence", "on: c.$", "when: event.data.n < 3", "absence: { event: a.$, for: P30D }");
    }

    /** What happens to a few customers and products, in no order, some of it twice. */
    private List<PostedEvent> history(Random random, List<String> customers) {
        var events = new ArrayList<PostedEvent>();
        for (int n = 0; n < 110; n++) {
            var customer = customers.get(random.nextInt(customers.size()));
            var product = "p" + random.nextInt(5) + "-" + run;
            var type = List.of(
                            "a." + run,
                            "b." + run,
                            "c." + run,
                            "a." + run,
                            "b." + run,
                            "c." + run,
                            "customer.customer-updated",
                            "customer.cart-item-added",
                            "customer.cart-item-added",
                            "customer.cart-item-removed",
                            "customer.wishlist-item-added",
                            "customer.preferences-changed")
                    .get(random.nextInt(12));
            var data = switch (type) {
                case "customer.customer-updated" ->
                    "{\"customerId\": \"%s\", \"name\": \"N\", \"email\": \"n@example.com\", \"segment\": \"%s-%s\"}"
                            .formatted(customer, random.nextBoolean() ? "gold" : "silver", run);
                case "customer.cart-item-added" ->
                    "{\"customerId\": \"%s\", \"productId\": \"%s\", \"quantity\": 1}".formatted(customer, product);
                case "customer.cart-item-removed", "customer.wishlist-item-added" ->
                    "{\"customerId\": \"%s\", \"productId\": \"%s\"}".formatted(customer, product);
                case "customer.preferences-changed" ->
                    "{\"customerId\": \"%s\", \"preferences\": {\"order_updates\": {\"email\": %s}}, \"quietHours\": [{\"start\": \"%02d:00\", \"end\": \"%02d:00\"}], \"optedOut\": %s, \"frequencyCap\": {\"max\": %d, \"per\": \"PT1H\"}}"
                            .formatted(
                                    customer,
                                    random.nextBoolean(),
                                    random.nextInt(24),
                                    random.nextInt(24),
                                    random.nextInt(5) == 0,
                                    1 + random.nextInt(3));
                default ->
                    "{\"orderId\": \"o\", %s\"set\": \"s%d-%s\", \"item\": \"%s\", \"productId\": \"%s\"}"
                            .formatted(
                                    random.nextInt(10) == 0 ? "" : "\"n\": " + random.nextInt(8) + ", ",
                                    random.nextInt(3),
                                    run,
                                    List.of("x", "y", "z").get(random.nextInt(3)),
                                    product);
            };
            var traits = random.nextInt(3) == 0
                    ? "{\"email\": \"n@example.com\", \"vip\": %s}".formatted(random.nextInt(3) > 0)
                    : "{}";
            events.add(
                    event("e" + n + "-" + run, customer, type, NOON.plusSeconds(random.nextInt(40_000)), data, traits));
            if (random.nextInt(10) == 0) {
                events.add(events.get(random.nextInt(events.size())));
            }
        }
        return events;
    }

    @Test
    void who_was_told_is_shown_every_gate_and_the_notification() {
        // Given
        rule("told", "on: t.$", "description: Something happened.");
        publish(event(
                "e-" + run, "c-" + run, "t." + run, NOON, "{\"orderId\": \"o\"}", "{\"email\": \"n@example.com\"}"));
        awaitAnswered();

        // Then
        explained("e-" + run, "c-" + run)
                .statusCode(200)
                .body("answered", equalTo(true))
                .body("rules[0].verdict", equalTo("told"))
                .body("rules[0].notificationId", notNullValue())
                .body("summary", equalTo("Something happened: The customer was sent this message."))
                .body("rules[0].gates.passed", everyItem(equalTo(true)));
    }

    @Test
    void who_was_never_looked_at_and_whom_nobody_knows_is_answered_too() {
        // Given
        rule("told", "on: t.$");
        rule("cart", "on: t.$", "audience: { cart: event.data.productId }");
        publish(event(
                "e-" + run,
                "c-" + run,
                "t." + run,
                NOON,
                "{\"orderId\": \"o\", \"productId\": \"p-" + run + "\"}",
                "{\"email\": \"n@example.com\"}"));
        awaitAnswered();

        // Then
        for (var other : List.of("cust-001", "nobody-knows-" + run)) {
            explained("e-" + run, other)
                    .statusCode(200)
                    .body("rules.verdict", contains("not-told", "not-told"))
                    .body("rules.reason", contains("NOT_IN_AUDIENCE", "NOT_IN_AUDIENCE"))
                    .body("rules[0].gates[-1].name", equalTo("audience"));
        }
    }

    @Test
    void every_kind_of_no_has_its_reason() {
        // Given
        rule("1-condition", "on: t.$", "when: event.data.n > 3");
        rule("2-eligible", "on: t.$", "where: customer.vip == true");
        rule("3-throttled", "on: t.$", "throttle: { max: 1, per: P30D }");
        rule("4-unsubscribed", "on: t.$", "notify: { type: ORDER_COMPLETE, channels: [email] }");
        rule("5-waiting", "on: t.$", "delay: P30D");
        publish(event(
                "x-" + run, "c-" + run, "t." + run, NOON, "{\"orderId\": \"o\"}", "{\"email\": \"n@example.com\"}"));
        awaitAnswered();
        publish(event(
                "w-" + run,
                "c-" + run,
                "customer.preferences-changed",
                NOON,
                "{\"customerId\": \"c-%s\", \"preferences\": {\"order_updates\": {\"email\": false}}}".formatted(run),
                "{}"));
        publish(event("e-" + run, "c-" + run, "t." + run, NOON, "{\"orderId\": \"o\", \"n\": 1}", "{}"));
        awaitAnswered();

        // Then
        explained("e-" + run, "c-" + run)
                .statusCode(200)
                .body(
                        "rules.reason",
                        contains(
                                Reason.CONDITION_FALSE.name(),
                                Reason.NOT_ELIGIBLE.name(),
                                Reason.THROTTLED.name(),
                                Reason.CATEGORY_OFF.name(),
                                null))
                .body("rules.verdict", contains("not-told", "not-told", "not-told", "not-told", "waiting"));
    }

    @Test
    void an_event_nobody_listens_to_says_so() {
        // Given
        publish(event("e-" + run, "c-" + run, "t." + run, NOON, "{}", "{}"));
        awaitAnswered();

        // Then
        explained("e-" + run, "c-" + run)
                .statusCode(200)
                .body("rules", empty())
                .body("summary", equalTo("No rule listens to events of this type, so nobody was told."));
    }

    @Test
    void an_unknown_event_is_not_found_and_a_missing_parameter_is_named() {
        explained("no-such-event", "cust-001").statusCode(404).contentType("application/problem+json");
        given().queryParam("eventId", "e")
                .get("/api/v1/explanations")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/customerId"));
        given().get("/api/v1/explanations")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/eventId", "/customerId"));
    }

    private static ValidatableResponse explained(String event, String customer) {
        return given().queryParam("eventId", event)
                .queryParam("customerId", customer)
                .get("/api/v1/explanations")
                .then()
                .log()
                .ifValidationFails();
    }

    private void rule(String name, String... lines) {
        var id = name + "-" + run;
        rules.add(id);
        var text = String.join("\n", lines);
        var yaml = ("id: " + id + "\n"
                        + (text.contains("notify:") ? "" : "notify: { type: ORDER_SHIPPED, channels: [email] }\n")
                        + text + "\n")
                .replaceAll("\\$(?!\\{)", run);
        PutRule.rule(id, yaml);
    }

    private void awaitAnswered() {
        await().atMost(DEADLINE)
                .until(() -> pool.preparedQuery(
                                        "select count(*) from event_pending p join event e using (position) where e.id like $1")
                                .executeAndAwait(Tuple.of("%-" + run))
                                .iterator()
                                .next()
                                .getLong(0)
                        == 0);
    }

    private List<String> eventIds() {
        var found = new ArrayList<String>();
        pool.preparedQuery("select id from event where id like $1 order by position")
                .executeAndAwait(Tuple.of("%-" + run))
                .forEach(row -> found.add(row.getString(0)));
        return found;
    }

    private static PostedEvent event(String id, String user, String type, Instant at, String data, String traits) {
        return PostedEvent.event(user, type).id(id).at(at).data(data).traits(traits);
    }
}
