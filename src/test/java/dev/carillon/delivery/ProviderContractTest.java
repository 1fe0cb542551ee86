package dev.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.DeliveryOutcome.Refused;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.testing.SettableClock;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What every provider must make of the ways in which the other side can misbehave, whatever it speaks. A new provider inherits
 * all of it.
 */
public abstract class ProviderContractTest {

    /** Longer than any answer takes on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(30);
    /** For tests that wait for it. */
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** How long a provider takes that does not answer in time. */
    protected static final Duration TOO_LONG = Duration.ofSeconds(8);

    private static final Duration DEADLINE = Duration.ofSeconds(40);
    /** In everything the other side says: it must never be kept. */
    protected static final String PERSONAL = "alice.canary@example.com +15557654321 canary-token";

    protected static Vertx vertx;

    protected final SettableClock clock = new SettableClock();
    private final Map<Duration, Gateway> gateways = new HashMap<>();
    private Duration deadline = LONG;

    @BeforeAll
    static void aVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void noVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The way to the provider under test, with a deadline for every attempt; opened once in a test. */
    protected abstract Gateway gateway(Duration deadline);

    /** A delivery the provider could deliver. */
    protected abstract Delivery delivery();

    /** The provider takes everything, and answers in full. */
    protected abstract void takes();

    /** A server's failure that may pass, such as 500. */
    protected abstract void fails();

    /** Not a word. */
    protected abstract void isSilent();

    /** Accepts the call, then resets the connection. */
    protected abstract void resets();

    /** Says yes, but nothing anybody could read. */
    protected abstract void talksGarbage();

    /** Too much at once; where the protocol can say so, for how long: two minutes. */
    protected abstract void isBusy();

    /** A yes whose bytes come so slowly that they will not end before the deadline. */
    protected abstract void drips();

    /** The message cannot be delivered; says so with {@link #PERSONAL} in it. */
    protected abstract void refuses();

    /** Does not believe who we are; says so with {@link #PERSONAL} in it. */
    protected abstract void doesNotKnowUs();

    /** A yes with a megabyte behind it. */
    protected abstract void talksWithoutEnd();

    /** How often the provider was asked for something since the test began. */
    protected abstract int calls();

    /** By what it was asked to recognise a repetition, in each call. */
    protected abstract List<String> idempotencyKeys();

    protected boolean saysHowLong() {
        return true;
    }

    /** Whether a yes is one although what follows it cannot be read. */
    protected boolean takesAnyYes() {
        return false;
    }

    @Test
    void what_the_provider_takes_is_sent_and_has_the_providers_id() {
        // Given
        takes();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Sent.class, sent -> assertThat(sent.providerMessageId()).isNotBlank());
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void a_servers_failure_is_tried_again() {
        // Given
        fails();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(retry(outcome).failure()).isEqualTo(FailureKind.PROVIDER_ERROR);
        assertThat(retry(outcome).after()).isNull();
    }

    @Test
    void silence_ends_with_the_deadline_and_is_not_taken_for_a_no() {
        // Given
        isSilent();
        hurry();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(retry(outcome).failure()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);
    }

    @Test
    void a_reset_is_not_taken_for_a_no() {
        // Given
        resets();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(retry(outcome).failure()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);
    }

    @Test
    void what_may_have_been_sent_is_tried_again_under_the_same_name() {
        // Given
        var delivery = delivery();
        resets();
        send(delivery);
        takes();

        // When
        send(delivery);

        // Then
        assertThat(idempotencyKeys()).hasSizeGreaterThanOrEqualTo(1).allMatch(key -> key.contains(delivery.id()));
    }

    @Test
    void garbage_is_not_taken_for_a_message_id() {
        // Given
        talksGarbage();

        // When
        var outcome = send(delivery());

        // Then
        if (takesAnyYes()) {
            assertThat(outcome).isInstanceOf(Sent.class);
        } else {
            assertThat(retry(outcome).failure()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void a_provider_that_is_busy_is_given_the_time_it_asks_for() {
        // Given
        isBusy();

        // When
        var outcome = send(delivery());

        // Then
        if (saysHowLong()) {
            assertThat(retry(outcome).failure()).isEqualTo(FailureKind.RATE_LIMITED);
            assertThat(retry(outcome).after()).isEqualTo(Duration.ofMinutes(2));
        } else {
            assertThat(retry(outcome).failure()).isEqualTo(FailureKind.PROVIDER_ERROR);
        }
    }

    @Test
    void slow_bytes_end_with_the_deadline() {
        // Given
        drips();
        hurry();
        var begun = System.nanoTime();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TOO_LONG);
        assertUnreadableYes(outcome);
    }

    @Test
    void what_is_refused_is_never_tried_again_and_nobody_is_quoted() {
        // Given
        refuses();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.failure()).isEqualTo(FailureKind.REJECTED);
            assertQuotesNobody(refused.detail());
        });
    }

    @Test
    void not_being_known_is_no_success_and_nobody_is_quoted() {
        // Given
        doesNotKnowUs();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome).isNotInstanceOf(Sent.class);
        assertQuotesNobody(outcome.toString());
    }

    @Test
    void an_answer_without_end_is_not_read_to_its_end() {
        // Given
        talksWithoutEnd();

        // When
        var outcome = send(delivery());

        // Then
        assertUnreadableYes(outcome);
    }

    @Test
    void a_provider_that_has_recovered_is_used_again() {
        // Given
        resets();
        send(delivery());
        isBusy();
        send(delivery());
        takes();

        // When
        var outcome = send(delivery());

        // Then
        assertThat(outcome).isInstanceOf(Sent.class);
    }

    protected DeliveryOutcome send(Delivery delivery) {
        return open().send(TestDeliveries.leased(delivery, 1, clock.instant()))
                .await()
                .atMost(DEADLINE);
    }

    /** From now on every attempt in this test ends with the short deadline. */
    protected void hurry() {
        deadline = SHORT;
    }

    protected Gateway open() {
        return gateways.computeIfAbsent(deadline, this::gateway);
    }

    protected static RetryLater retry(DeliveryOutcome outcome) {
        assertThat(outcome).isInstanceOf(RetryLater.class);
        return (RetryLater) outcome;
    }

    private void assertUnreadableYes(DeliveryOutcome outcome) {
        if (takesAnyYes()) {
            assertThat(outcome).isInstanceOf(Sent.class);
        } else {
            assertThat(retry(outcome).failure()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);
        }
    }

    private static void assertQuotesNobody(String detail) {
        assertThat(PERSONAL.split(" ")).noneMatch(detail::contains);
    }
}
