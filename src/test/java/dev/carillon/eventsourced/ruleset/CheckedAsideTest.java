package dev.carillon.eventsourced.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.carillon.eventsourced.rule.InvalidRuleException;
import dev.carillon.eventsourced.rule.ReadingBounds;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.platform.rest.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules are checked for callers on few threads, within bounds, and nobody waits for ever. */
class CheckedAsideTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final RuleCompiler compiler = TestRules.newCompiler();
    private final CountDownLatch longEnough = new CountDownLatch(1);

    @AfterEach
    void goOn() {
        longEnough.countDown();
    }

    @Test
    void a_tenant_has_half_of_the_places_and_another_one_is_checked_meanwhile() {
        // Given
        var busy = Stream.generate(() ->
                        takingLong("a", DEADLINE).subscribe().withSubscriber(UniAssertSubscriber.<String>create()))
                .limit(2)
                .toList();

        // When, Then
        assertThatThrownBy(() -> takingLong("a", DEADLINE).await().atMost(DEADLINE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(503));
        assertThat(compiler.aside("b", bounds -> "checked", DEADLINE, "")
                        .await()
                        .atMost(DEADLINE))
                .isEqualTo("checked");
        longEnough.countDown();
        busy.forEach(one -> one.awaitItem(DEADLINE).assertItem("checked"));
        assertThat(takingLong("a", DEADLINE).await().atMost(DEADLINE)).isEqualTo("checked");
    }

    @Test
    void what_takes_too_long_is_answered_and_told_to_stop_and_then_its_place_is_free() {
        // When
        var late = List.of(untilStopped(), untilStopped());

        // Then
        late.forEach(one -> assertThatThrownBy(() -> one.await().atMost(DEADLINE))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().status()).isEqualTo(422);
                    assertThat(refused.problem().errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.pointer()).isEqualTo("/rules"));
                }));
        await().atMost(DEADLINE)
                .ignoreExceptions()
                .until(() -> compiler.aside("a", bounds -> "checked", DEADLINE, "")
                        .await()
                        .atMost(DEADLINE)
                        .equals("checked"));
    }

    @Test
    void whoever_goes_away_is_not_worked_for() {
        // Given
        var ended = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var asking = compiler.aside(
                        "a",
                        bounds -> {
                            begun.countDown();
                            return goOnUntilStopped(bounds, ended);
                        },
                        DEADLINE,
                        "")
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        await().atMost(DEADLINE).until(() -> begun.getCount() == 0);

        // When
        asking.cancel();

        // Then
        await().atMost(DEADLINE).until(() -> ended.getCount() == 0);
    }

    @Test
    void reading_rules_stops_between_two_of_them() {
        // Given
        var asked = new AtomicInteger();

        // When, Then
        assertThatThrownBy(() -> compiler.compile(
                        rules(500, i -> "event.data.a == " + i),
                        ReadingBounds.untilStopped(() -> asked.incrementAndGet() > 10)))
                .isInstanceOf(CancellationException.class);
        assertThat(asked).hasValue(11);
    }

    @Test
    void a_document_has_at_most_a_thousand_rules() {
        assertThat(refusal(rules(1_001, i -> "'true'"))).contains("may be at most 1000 rules, not 1001");
        assertThat(compiler.compile(rules(1_000, i -> "true"), bounds()).rules())
                .hasSize(1_000);
    }

    @Test
    void the_patterns_of_a_document_are_bounded_together() {
        assertThat(refusal(rules(80, i -> "event.id.matches('a{900}b" + i + "')")))
                .contains("the patterns up to here come to more than 50000 steps");
    }

    @Test
    void the_expressions_of_a_document_are_bounded_together() {
        assertThat(refusal(rules(
                        100,
                        i -> IntStream.range(0, 300)
                                .mapToObj(n -> "event.data.a" + n + " == [" + n + ", " + i + "]")
                                .collect(Collectors.joining(" && ")))))
                .contains("come to more than 50000 names, literals and operators");
    }

    @Test
    void candidates_are_bounded_like_this() {
        var candidates = new CandidateRules(TestRules.active(TestRules.bundled()), compiler);

        assertThatThrownBy(() -> candidates
                        .book("a", new TextNode(rules(1_001, i -> "true").yaml()), false)
                        .await()
                        .atMost(DEADLINE))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().status()).isEqualTo(422);
                    assertThat(refused.problem().errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.detail()).contains("at most 1000 rules"));
                });
    }

    private String refusal(RuleSource rules) {
        try {
            compiler.compile(rules, bounds());
            return "";
        } catch (InvalidRuleException refused) {
            return refused.problems().get(0).message();
        }
    }

    private static ReadingBounds bounds() {
        return ReadingBounds.untilStopped(() -> false);
    }

    private static RuleSource rules(int howMany, IntFunction<String> when) {
        return new RuleSource(
                "rules",
                IntStream.range(0, howMany)
                        .mapToObj(i -> "- id: r" + i + "\n  on: x" + i + "\n  when: " + when.apply(i)
                                + "\n  notify: {type: ACCOUNT_NOTICE}\n")
                        .collect(Collectors.joining()));
    }

    private Uni<String> takingLong(String tenant, Duration within) {
        return compiler.aside(
                tenant,
                bounds -> {
                    try {
                        longEnough.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return "checked";
                },
                within,
                "/rules");
    }

    private Uni<String> untilStopped() {
        return compiler.aside(
                "a", bounds -> goOnUntilStopped(bounds, new CountDownLatch(1)), Duration.ofMillis(1), "/rules");
    }

    private static String goOnUntilStopped(ReadingBounds bounds, CountDownLatch ended) {
        try {
            while (true) {
                bounds.goOn();
                Thread.onSpinWait();
            }
        } finally {
            ended.countDown();
        }
    }
}
