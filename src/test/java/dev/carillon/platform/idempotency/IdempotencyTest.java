package dev.carillon.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.carillon.platform.batch.Overloaded;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key over its whole life: taken, answered, given again, left behind, forgotten. */
@QuarkusTest
class IdempotencyTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final IdempotencySettings SETTINGS = new IdempotencySettings() {
        @Override
        public Duration keep() {
            return Duration.ofHours(24);
        }

        @Override
        public Duration lease() {
            return Duration.ofMinutes(1);
        }
    };

    @Inject
    PgIdempotencyKeys store;

    @Inject
    Transactions transactions;

    @Inject
    Json json;

    @Inject
    Ids appIds;

    private final SettableClock clock = new SettableClock();
    private final List<String> ids = new ArrayList<>();
    private Idempotency idempotency;
    private String key;

    @BeforeEach
    void a_new_key_and_a_clock_that_stands_still() {
        clock.stop();
        key = appIds.next();
        idempotency = new Idempotency(store, transactions, SETTINGS, new Ids(clock), json);
    }

    @Test
    void the_first_answer_is_given_again_with_all_it_had() {
        // Given
        var first = answer("a", Answer.json(202, "{\"n\":1}").with("Location", "/x"));

        // When
        var again = answer("a", Answer.json(202, "{\"n\":2}"));

        // Then
        assertThat(first.headers()).doesNotContainKey(Answer.REPLAYED);
        assertThat(again).isEqualTo(first.with(Answer.REPLAYED, "true"));
        assertThat(ids).hasSize(1);
    }

    @Test
    void work_left_behind_by_a_process_that_died_is_done_again_with_the_same_ids() {
        // Given: a process that takes the key and is never heard of again
        var begun = new CompletableFuture<Void>();
        once("a", work -> {
                    begun.complete(null);
                    return noted(work).chain(() -> Uni.createFrom().<Answer>nothing());
                })
                .subscribe()
                .with(answer -> {});
        begun.join();
        assertThat(refused("a")).isEqualTo(ProblemType.IDEMPOTENCY_KEY_IN_PROGRESS);

        // When
        clock.advance(SETTINGS.lease());
        var other = refused("other");
        var answer = answer("a", Answer.json(202, "{}"));

        // Then
        assertThat(other).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(ids).hasSize(2);
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
    }

    @Test
    void who_was_overtaken_changes_nothing_any_more() {
        // Given
        var slow = new CompletableFuture<Answer>();
        var begun = new CompletableFuture<Void>();
        var overtaken = once("a", work -> {
                    begun.complete(null);
                    return Uni.createFrom().completionStage(slow);
                })
                .subscribeAsCompletionStage();
        begun.join();
        clock.advance(SETTINGS.lease());
        answer("a", Answer.json(202, "{\"n\":2}"));

        // When
        slow.complete(Answer.json(202, "{\"n\":1}"));
        overtaken.join();

        // Then
        assertThat(answer("a", Answer.json(202, "{\"n\":3}")).body()).isEqualTo("{\"n\":2}");
    }

    @Test
    void what_failed_on_our_side_is_not_kept_and_may_be_tried_at_once() {
        // Given
        assertThatThrownBy(() -> once(
                                "a",
                                work -> noted(work).chain(() -> Uni.createFrom().<Answer>failure(new Overloaded())))
                        .await()
                        .atMost(DEADLINE))
                .isInstanceOf(Overloaded.class);
        assertThat(answer("a", Answer.json(503, "{}")).status()).isEqualTo(503);
        assertThat(answer("a", Answer.json(429, "{}")).status()).isEqualTo(429);

        // When
        var answer = answer("a", Answer.json(202, "{}"));

        // Then: and what those tries had done already is found by its id
        assertThat(answer.status()).isEqualTo(202);
        assertThat(ids).hasSize(4).containsOnly(ids.get(0));
    }

    @Test
    void a_refusal_is_an_answer_like_any_other() {
        // Given
        var first = once(
                        "a",
                        work -> Uni.createFrom()
                                .<Answer>failure(new ProblemException(ProblemType.NOT_FOUND, "No such thing")))
                .await()
                .atMost(DEADLINE);

        // When
        var again = answer("a", Answer.json(202, "{}"));

        // Then
        assertThat(first.status()).isEqualTo(404);
        assertThat(again).isEqualTo(first.with(Answer.REPLAYED, "true"));
        assertThat(again.body()).contains("\"instance\":\"/things\"");
        assertThat(again.headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void after_a_day_a_key_is_as_good_as_new() {
        // Given
        answer("a", Answer.json(202, "{\"n\":1}"));
        clock.advance(SETTINGS.keep());

        // When
        var answer = answer("other", Answer.json(202, "{\"n\":2}"));

        // Then
        assertThat(answer.body()).isEqualTo("{\"n\":2}");
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void the_sweep_forgets_what_is_over_and_nothing_else() {
        // Given
        answer("a", Answer.json(202, "{\"n\":1}"));
        var sweep = new IdempotencySweep(store, transactions, clock);
        sweep.forget().await().atMost(DEADLINE);
        assertThat(answer("a", Answer.json(202, "{\"n\":2}")).body()).isEqualTo("{\"n\":1}");

        // When
        clock.advance(SETTINGS.keep());
        sweep.forget().await().atMost(DEADLINE);

        // Then
        clock.advance(SETTINGS.keep().negated());
        assertThat(answer("other", Answer.json(202, "{\"n\":3}")).body()).isEqualTo("{\"n\":3}");
    }

    @Test
    void another_caller_tenant_or_operation_has_keys_of_its_own() {
        // Given
        answer("a", Answer.json(202, "{}"));
        var print = Fingerprint.of(TextNode.valueOf("other"));

        // Then
        for (var other : List.of(
                new KeyedRequest("default", "b", "/things", key, print),
                new KeyedRequest("elsewhere", "a", "/things", key, print),
                new KeyedRequest("default", "a", "/other", key, print))) {
            assertThat(idempotency
                            .once(other, work -> noted(work).replaceWith(Answer.json(201, "{}")))
                            .await()
                            .atMost(DEADLINE)
                            .status())
                    .isEqualTo(201);
        }
        assertThat(ids).hasSize(4).doesNotHaveDuplicates();
    }

    private ProblemType refused(String content) {
        try {
            answer(content, Answer.json(202, "{}"));
        } catch (ProblemException e) {
            return List.of(ProblemType.IDEMPOTENCY_KEY_IN_PROGRESS, ProblemType.IDEMPOTENCY_KEY_REUSED).stream()
                    .filter(type -> type.uri().equals(e.problem().type()))
                    .findFirst()
                    .orElseThrow();
        }
        throw new AssertionError("was not refused");
    }

    private Answer answer(String content, Answer answer) {
        return once(content, work -> noted(work).replaceWith(answer)).await().atMost(DEADLINE);
    }

    private Uni<Void> noted(IdempotentWork work) {
        ids.add(work.id(0));
        return Uni.createFrom().voidItem();
    }

    private Uni<Answer> once(String content, Function<IdempotentWork, Uni<Answer>> work) {
        return idempotency.once(
                new KeyedRequest("default", "a", "/things", key, Fingerprint.of(TextNode.valueOf(content))), work);
    }
}
