package dev.carillon.delivery.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.delivery.DeliveryOutcome;
import dev.carillon.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.delivery.DeliveryOutcome.Sent;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.Parcels;
import dev.carillon.delivery.TestProviders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MockProviderTest {

    private final List<Parcel> parcels = IntStream.range(0, 1_000).mapToObj(i -> Parcels.to("fax", "+12025550101", "Text", null)).toList();

    @Test
    void serves_every_channel_and_takes_everything() {
        // When
        var outcomes = outcomes("fax", Map.of(), 1);

        // Then
        assertThat(new MockProvider(TestProviders.settings(Map.of())).serves("anything")).isTrue();
        assertThat(outcomes).hasOnlyElementsOfType(Sent.class);
        assertThat(outcomes.get(0)).isEqualTo(new Sent("mock-" + parcels.get(0).id()));
    }

    @Test
    void fails_as_often_as_it_was_told() {
        // When
        var outcomes = outcomes("fax", Map.of("carillon.delivery.fax.mock.failure-rate", "0.7"), 1);

        // Then
        assertThat(outcomes.stream().filter(RetryLater.class::isInstance).count()).isBetween(630L, 770L);
        assertThat(outcomes).filteredOn(RetryLater.class::isInstance).allMatch(outcome -> ((RetryLater) outcome).failure() == FailureKind.PROVIDER_ERROR);
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
        assertThat(outcomes("fax", Map.of("carillon.delivery.fax.mock.failure-rate", "0.5", "carillon.delivery.fax.mock.seed", "8"), 1)).isNotEqualTo(first);
    }

    @Test
    void what_one_channel_is_told_is_not_told_the_others() {
        assertThat(outcomes("pigeon", Map.of("carillon.delivery.fax.mock.failure-rate", "1"), 1)).hasOnlyElementsOfType(Sent.class);
    }

    @Test
    void takes_its_time() {
        // Given
        var gateway = new MockProvider(TestProviders.settings(Map.of("carillon.delivery.fax.mock.latency", "PT0.2S"))).open("fax");
        var begun = System.nanoTime();

        // When
        gateway.send(Parcels.leased(parcels.get(0), 1, Instant.EPOCH)).await().indefinitely();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    private List<DeliveryOutcome> outcomes(String channel, Map<String, String> settings, int attempt) {
        var gateway = new MockProvider(TestProviders.settings(settings)).open(channel);
        return parcels.stream().map(parcel -> gateway.send(Parcels.leased(parcel, attempt, Instant.EPOCH)).await().indefinitely()).toList();
    }
}
