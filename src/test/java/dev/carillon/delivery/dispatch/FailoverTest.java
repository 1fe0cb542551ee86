package dev.carillon.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Channel;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Gateway;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Route;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.Waits;
import dev.carillon.delivery.circuit.Circuits;
import dev.carillon.delivery.circuit.TestCircuits;
import dev.carillon.delivery.dispatch.ProviderSelection.ProviderChoice.NotBefore;
import dev.carillon.delivery.dispatch.ProviderSelection.ProviderChoice.Through;
import dev.carillon.delivery.outbox.Attempt;
import dev.carillon.delivery.outbox.Attempt.AttemptOutcome;
import dev.carillon.delivery.outbox.FakeOutbox;
import dev.carillon.platform.batch.Pace;
import dev.carillon.platform.security.ThrowawayTenant;
import dev.carillon.platform.telemetry.Traces;
import dev.carillon.testing.SettableClock;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A channel with two providers, of which the first is the first choice. */
class FailoverTest {

    private final SettableClock clock = new SettableClock();
    private final FakeOutbox outbox = new FakeOutbox();
    private final TestCircuits database = new TestCircuits();
    private final Circuits circuits = database.replica(clock, Map.of());
    private final ProviderSelection selection = new ProviderSelection(circuits, ProviderLimitsTest.none(), clock);
    private final Sender sender = new Sender(
            selection,
            new Completions(outbox, List.of(), new FakeSettings(1), () -> Pace.AT_ONCE),
            new SendDeadlines(clock),
            new Traces(OpenTelemetry.noop().getTracer("test")),
            clock);
    private final Map<String, DeliveryOutcome> answers =
            new HashMap<>(Map.of("first", new Sent("msg-1"), "second", new Sent("msg-2")));
    private final List<String> tried = new ArrayList<>();
    private final Map<String, Integer> free = new HashMap<>();
    private final Channel channel = new TwoProviders();

    @Test
    void the_first_choice_sends_while_it_works() {
        assertThat(send(null).provider()).isEqualTo("first");
        assertThat(tried).containsExactly("first");
    }

    @Test
    void a_provider_that_is_only_busy_is_waited_for() {
        free.put("first", 3);
        free.put("second", 50);
        assertThat(selection.admits(channel, 10, () -> {})).isEqualTo(3);

        free.put("first", 0);
        assertThat(selection.admits(channel, 10, () -> {})).isZero();
        var leased = leased(TestDeliveries.delivery("test", 1), 1, null, Waits.NONE);
        assertThat(selection.choose(channel, leased))
                .isInstanceOfSatisfying(
                        NotBefore.class,
                        later -> assertThat(later.at())
                                .isBeforeOrEqualTo(clock.instant().plusSeconds(1)));

        free.put("first", 20);
        assertThat(selection.admits(channel, 10, () -> {})).isEqualTo(10);
    }

    @Test
    void what_the_second_asks_is_no_matter_of_deliveries_that_the_first_can_send() {
        var waits = Waits.NONE.and("second", clock.instant().plusSeconds(3_600));
        free.put("first", 0);
        var leased = leased(TestDeliveries.delivery("test", 1), 2, null, waits);

        assertThat(selection.choose(channel, leased))
                .isInstanceOfSatisfying(
                        NotBefore.class,
                        later -> assertThat(later.at())
                                .isBeforeOrEqualTo(clock.instant().plusSeconds(1)));

        free.put("first", 1);
        assertThat(chosen(leased)).isEqualTo("first");
    }

    /** The right to find out whether it works again is given once: a provider that could not be asked keeps it. */
    @Test
    void a_provider_that_is_busy_while_it_is_probed_is_still_probed_afterwards() {
        try (var stopped = clock.stop()) {
            // Given
            answers.put("first", new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));
            for (int i = 0; i < 20; i++) {
                send(TestDeliveries.delivery("test", i), null);
            }
            clock.advance(Duration.ofSeconds(16));
            circuits.heard(database.changes()).await().indefinitely();

            // When
            free.put("first", 0);
            var busy = chosen(leased(TestDeliveries.delivery("test", 30), 1, null, Waits.NONE));
            free.put("first", 1);
            var probe = chosen(leased(TestDeliveries.delivery("test", 31), 1, null, Waits.NONE));

            // Then
            assertThat(busy).isEqualTo("second");
            assertThat(probe).isEqualTo("first");
        }
    }

    @Test
    void what_failed_there_is_recorded_as_an_attempt_and_goes_to_the_next_one() {
        // Given
        answers.put("first", new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));

        // When
        var failed = send(null);
        var sent = send(failed.nextProvider());

        // Then
        assertThat(failed.provider()).isEqualTo("first");
        assertThat(failed.outcome()).isEqualTo(AttemptOutcome.RETRY);
        assertThat(sent.provider()).isEqualTo("second");
        assertThat(sent.outcome()).isEqualTo(AttemptOutcome.SENT);
    }

    @Test
    void how_long_the_first_asks_to_wait_does_not_hold_up_the_second() {
        // Given
        answers.put("first", new RetryLater(FailureKind.RATE_LIMITED, "HTTP 429", Duration.ofHours(1)));

        // When
        var failed = send(null);

        // Then
        assertThat(failed.nextProvider()).isEqualTo("second");
        assertThat(failed.nextAt()).isBeforeOrEqualTo(clock.instant().plusSeconds(2));
    }

    @Test
    void where_both_ask_to_wait_nobody_is_asked_before_one_wait_is_over() {
        try (var stopped = clock.stop()) {
            // Given
            answers.put("first", new RetryLater(FailureKind.RATE_LIMITED, "HTTP 429", Duration.ofMinutes(10)));
            answers.put("second", new RetryLater(FailureKind.RATE_LIMITED, "SMTP 451 4.7.1", Duration.ofMinutes(5)));
            var delivery = TestDeliveries.delivery("test", 1);

            // When
            var one = send(delivery, 1, null, Waits.NONE);
            var two = send(delivery, 2, one.nextProvider(), one.waits());

            // Then
            assertThat(tried).containsExactly("first", "second");
            assertThat(one.nextAt()).isBeforeOrEqualTo(clock.instant().plusSeconds(1));
            assertThat(two.nextProvider()).isEqualTo("second");
            assertThat(two.nextAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));

            // When
            clock.advance(Duration.ofMinutes(5));
            var three = send(delivery, 3, two.nextProvider(), two.waits());

            // Then
            assertThat(three.nextProvider())
                    .as("its ten minutes are over, the other's five anew are not")
                    .isEqualTo("first");
            assertThat(three.nextAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
        }
    }

    @Test
    void while_one_wants_to_be_waited_for_what_fails_at_the_other_is_tried_there_again() {
        try (var stopped = clock.stop()) {
            // Given
            answers.put("first", new RetryLater(FailureKind.RATE_LIMITED, "HTTP 429", Duration.ofMinutes(10)));
            answers.put("second", new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));
            var delivery = TestDeliveries.delivery("test", 1);

            // When
            var one = send(delivery, 1, null, Waits.NONE);
            var two = send(delivery, 2, one.nextProvider(), one.waits());

            // Then
            assertThat(two.nextProvider()).isEqualTo("second");
            assertThat(two.nextAt()).isBeforeOrEqualTo(clock.instant().plusSeconds(2));
        }
    }

    @Test
    void who_wants_to_be_waited_for_is_not_asked_because_the_other_is_left_alone() {
        try (var stopped = clock.stop()) {
            // Given
            answers.put("second", new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));
            for (int i = 0; i < 20; i++) {
                send("second");
            }
            tried.clear();
            var leased = new LeasedDelivery(
                    TestDeliveries.delivery("test", 1),
                    2,
                    1,
                    clock.instant(),
                    Duration.ofSeconds(30),
                    "second",
                    Waits.NONE.and("first", clock.instant().plusSeconds(600)));

            // When
            sender.send(channel, leased).await().indefinitely();

            // Then
            assertThat(tried).isEmpty();
            assertThat(outbox.completions).as("no attempt").isEmpty();
            assertThat(outbox.postponed)
                    .containsExactly(Map.entry(leased, clock.instant().plusSeconds(15)));
        }
    }

    @Test
    void what_may_have_gone_out_is_tried_again_where_it_can_be_recognised() {
        // Given
        answers.put("first", new RetryLater(FailureKind.OUTCOME_UNKNOWN, "timeout after sending", null));

        // When
        var unknown = send(null);

        // Then
        assertThat(unknown.nextProvider()).isEqualTo("first");
    }

    @Test
    void after_the_last_provider_comes_the_first_again() {
        // Given
        answers.put("second", new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));

        // Then
        assertThat(send("second").nextProvider()).isEqualTo("first");
    }

    @Test
    void while_the_first_is_left_alone_everything_goes_to_the_second_at_once() {
        // Given
        answers.put("first", new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));
        for (int i = 0; i < 20; i++) {
            send(null);
        }
        tried.clear();

        // When
        var sent = send(null);

        // Then
        assertThat(tried).containsExactly("second");
        assertThat(sent.outcome()).isEqualTo(AttemptOutcome.SENT);
        assertThat(selection.admits(channel, 500, () -> {})).isEqualTo(500);
    }

    @Test
    void whether_the_first_works_again_is_not_found_out_with_what_failed_there_while_the_second_works() {
        try (var stopped = clock.stop()) {
            // Given
            var poison = TestDeliveries.delivery("test", 1);
            leaveAlone("first", poison);
            pauseIsOver();
            tried.clear();

            // When
            send(poison, 2, "first");
            send(poison, 2, null);
            attempt(1, null);

            // Then
            assertThat(tried).containsExactly("second", "second", "first");
        }
    }

    @Test
    void whether_the_second_works_again_is_found_out_with_what_failed_at_the_first() {
        try (var stopped = clock.stop()) {
            // Given
            leaveAlone("second", TestDeliveries.delivery("test", 1));
            pauseIsOver();
            tried.clear();

            // When
            attempt(2, "second");

            // Then
            assertThat(tried).containsExactly("second");
        }
    }

    private String chosen(LeasedDelivery leased) {
        return ((Through) selection.choose(channel, leased)).route().provider();
    }

    private void leaveAlone(String provider, Delivery poison) {
        var before = answers.put(provider, new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));
        send(poison, 1, provider);
        for (int i = 1; i < 20; i++) {
            send(provider);
        }
        answers.put(provider, before);
        circuits.heard(database.changes()).await().indefinitely();
    }

    private void pauseIsOver() {
        clock.advance(Duration.ofSeconds(15));
        circuits.heard(database.changes()).await().indefinitely();
    }

    @Test
    void while_both_are_left_alone_nothing_is_claimed() {
        // Given
        answers.replaceAll((provider, answer) -> new RetryLater(FailureKind.PROVIDER_ERROR, "HTTP 500", null));

        // When
        for (int i = 0; i < 20; i++) {
            send("first");
        }
        for (int i = 0; i < 20; i++) {
            send("second");
        }

        // Then
        assertThat(selection.admits(channel, 500, () -> {})).isZero();
    }

    @Test
    void what_belongs_to_a_demo_reaches_nobody_whoever_is_next_and_no_circuit_hears_of_it() {
        // Given
        var demo = TestDeliveries.of(ThrowawayTenant.name(TestDeliveries.id()), "test");

        // When
        var sent = Stream.of(null, "first", "second", "mock")
                .map(provider -> send(demo, provider))
                .toList();

        // Then
        assertThat(sent).allSatisfy(one -> {
            assertThat(one.outcome()).isEqualTo(AttemptOutcome.SENT);
            assertThat(one.provider()).isEqualTo("mock");
            assertThat(one.providerMessageId()).isEqualTo("mock-" + demo.id());
        });
        assertThat(tried).isEmpty();
    }

    private Attempt send(@Nullable String provider) {
        return send(TestDeliveries.delivery("test", 1), provider);
    }

    private Attempt send(Delivery delivery, @Nullable String provider) {
        return send(delivery, 1, provider);
    }

    private Attempt attempt(int attempt, @Nullable String provider) {
        return send(TestDeliveries.delivery("test", 1), attempt, provider);
    }

    private Attempt send(Delivery delivery, int attempt, @Nullable String provider) {
        return send(delivery, attempt, provider, Waits.NONE);
    }

    private Attempt send(Delivery delivery, int attempt, @Nullable String provider, Waits waits) {
        sender.send(channel, leased(delivery, attempt, provider, waits)).subscribeAsCompletionStage();
        var completion = outbox.completions.remove();
        completion.answer().complete(List.of());
        return completion.what().get(0);
    }

    private LeasedDelivery leased(Delivery delivery, int attempt, @Nullable String provider, Waits waits) {
        return new LeasedDelivery(delivery, attempt, 1, clock.instant(), Duration.ofSeconds(30), provider, waits);
    }

    private class TwoProviders implements Channel {

        @Override
        public String name() {
            return "test";
        }

        @Override
        public String provider() {
            return "first";
        }

        @Override
        public Uni<DeliveryOutcome> send(LeasedDelivery delivery) {
            return answer("first");
        }

        @Override
        public List<Route> routes() {
            return List.of(new Route("first", gateway("first")), new Route("second", gateway("second")));
        }

        private Gateway gateway(String provider) {
            return new Gateway() {

                @Override
                public Uni<DeliveryOutcome> send(LeasedDelivery leased) {
                    return answer(provider);
                }

                @Override
                public int free() {
                    return free.getOrDefault(provider, Integer.MAX_VALUE);
                }
            };
        }

        private Uni<DeliveryOutcome> answer(String provider) {
            tried.add(provider);
            return Uni.createFrom().item(answers.get(provider));
        }
    }
}
