package dev.carillon.delivery.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.TestDeliveries;
import dev.carillon.delivery.TestProviders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MockProviderTest {

    private final List<Delivery> deliveries = IntStream.range(0, 1_000)
            .mapToObj(i -> TestDeliveries.to("fax", "+12025550101", "Text", null))
            .toList();

    @Test
    void serves_every_channel_and_takes_everything() {
        // When
        var outcomes = outcomes("fax", Map.of(), 1);

        // Then
        assertThat(new MockProvider()
                        .mock(TestProviders.settings(Map.of()), () -> false)
                        .serves("anything"))
                .isTrue();
        assertThat(outcomes).hasOnlyElementsOfType(Sent.class);
        assertThat(outcomes.get(0))
                .isEqualTo(new Sent("mock-" + deliveries.get(0).id()));
    }

    @Test
    void fails_as_often_as_it_was_told() {
        // When
        var outcomes = outcomes("fax", Map.of("carillon.delivery.fax.mock.failure-rate", "0.7"), 1);

        // Then
        assertThat(outcomes.stream().filter(RetryLater.class::isInstance).count())
                .isBetween(630L, 770L);
        assertThat(outcomes)
                .filteredOn(RetryLater.class::isInstance)
                .allMatch(outcome -> ((RetryLater) outcome).failure() == FailureKind.PROVIDER_ERROR);
    }

    @Test
    void fails_the_same_in_every_run_with_one_seed_and_otherwise_with_another() {
        // Given
        var half = Map.of("carillon.delivery.fax.mock.failure-rate", "0.5", "carillon.delivery.fax.mock.seed", "7");

        // When
        var first = outcomes("fax", half, 1);

        // Then
        assertThat(outcomes("fax", half, 1)).isEqualTo(first);
        assertThat(outcomes("fax", half, 2)).isNotEqualTo(first);
        assertThat(outcomes(
                        "fax",
                        Map.of(
                                "carillon.delivery.fax.mock.failure-rate",
                                "0.5",
                                "carillon.delivery.fax.mock.seed",
                                "8"),
                        1))
                .isNotEqualTo(first);
    }

    @Test
    void what_one_channel_is_told_is_not_told_the_others() {
        assertThat(outcomes("pigeon", Map.of("carillon.delivery.fax.mock.failure-rate", "1"), 1))
                .hasOnlyElementsOfType(Sent.class);
    }

    @Test
    void takes_its_time() {
        // Given
        var gateway = new MockProvider()
                .mock(TestProviders.settings(Map.of("carillon.delivery.fax.mock.latency", "PT0.2S")), () -> false)
                .open("fax");
        var begun = System.nanoTime();

        // When
        gateway.send(TestDeliveries.leased(deliveries.get(0), 1, Instant.EPOCH))
                .await()
                .indefinitely();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void says_whom_it_would_tell_masked_and_never_what() {
        // When
        var logged = logged(false, "shop");

        // Then
        assertThat(logged)
                .contains("[EMAIL] To: a***@example.com")
                .doesNotContain("alice@")
                .doesNotContain("Your order")
                .doesNotContain("Hi Alice");
    }

    @ParameterizedTest
    @CsvSource({"true, shop", "false, demo-01KAJ3W4S8M2Q9V7T5R1N3X0ZC"})
    void in_development_and_in_the_demo_it_says_everything(boolean inClear, String tenant) {
        // When
        var logged = logged(inClear, tenant);

        // Then
        assertThat(logged)
                .startsWith("[EMAIL] To: alice@example.com trackingId=tracking-1 delivery=d-1 attempt=1")
                .contains("\n  Subject: Your order is on its way")
                .endsWith("\n  Hi Alice,\n  it comes tomorrow.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo-shop",
                "demo",
                "demo-",
                "Demo-01KAJ3W4S8M2Q9V7T5R1N3X0ZC",
                "demo-01KAJ3W4S8M2Q9V7T5R1N3X0ZCX",
                "a-demo-01KAJ3W4S8M2Q9V7T5R1N3X0ZC"
            })
    void a_tenant_that_is_only_called_so_is_no_demo(String tenant) {
        // When, Then
        assertThat(logged(false, tenant)).doesNotContain("alice@").doesNotContain("Hi Alice");
    }

    private static String logged(boolean inClear, String tenant) {
        var delivery = new Delivery(
                "d-1",
                tenant,
                "tracking-1",
                "email",
                "alice@example.com",
                "Your order is on its way",
                "Hi Alice,\nit comes tomorrow.\n",
                "<p>Hi Alice</p>",
                1,
                null,
                null,
                null);
        var lines = new ArrayList<String>();
        var handler = new Handler() {

            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var log = Logger.getLogger(MockGateway.class.getName());
        log.addHandler(handler);
        try {
            new MockProvider()
                    .mock(TestProviders.settings(Map.of()), () -> inClear)
                    .open("email")
                    .send(TestDeliveries.leased(delivery, 1, Instant.EPOCH))
                    .await()
                    .indefinitely();
        } finally {
            log.removeHandler(handler);
        }
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private List<DeliveryOutcome> outcomes(String channel, Map<String, String> settings, int attempt) {
        var gateway = new MockProvider()
                .mock(TestProviders.settings(settings), () -> false)
                .open(channel);
        return deliveries.stream()
                .map(delivery -> gateway.send(TestDeliveries.leased(delivery, attempt, Instant.EPOCH))
                        .await()
                        .indefinitely())
                .toList();
    }
}
