package dev.carillon.eventsourced.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.journal.EventPlace;
import dev.carillon.notification.decision.RuleRef;
import dev.carillon.platform.id.Ids;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** However many digests are due together, what they absorbed is read a portion at a time. */
@QuarkusTest
class DigestPortionsTest {

    private static final Instant NEVER = Instant.parse("2199-01-01T00:00:00Z");

    @Inject
    Timers timers;

    @Inject
    Transactions transactions;

    @Inject
    Ids ids;

    @Test
    void those_that_fill_a_portion_are_read_and_no_more() {
        // Given
        var digests = List.of(digest(400_000), digest(0), digest(700_000), digest(400_000), digest(10));
        var all = digests.stream().map(one -> one.timer().id()).toList();
        var reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        var found = new ArrayList<Map<String, List<DigestItem>>>();

        // When
        transactions
                .inTransaction(tx -> timers.keep(tx, digests)
                        .chain(() -> timers.items(tx, all))
                        .invoke(found::add)
                        .chain(() -> timers.items(tx, reversed))
                        .invoke(found::add)
                        .chain(() -> timers.items(tx, List.of(all.get(2), "gone")))
                        .invoke(found::add)
                        .chain(() -> timers.open(
                                tx, digests.stream().map(Digest::key).toList()))
                        .invoke(open -> assertThat(open.values())
                                .allSatisfy(one -> assertThat(one.bytes())
                                        .isEqualTo(of(digests, one).bytes()))
                                .hasSize(5))
                        .chain(() -> Uni.createFrom().<Void>failure(new IllegalStateException("roll back"))))
                .onFailure(IllegalStateException.class)
                .recoverWithNull()
                .await()
                .atMost(Duration.ofSeconds(60));

        // Then
        assertThat(found).hasSize(3);
        assertThat(found.get(0)).containsOnlyKeys(all.subList(0, 3));
        assertThat(found.get(0).get(all.get(1))).isEmpty();
        assertThat(found.get(0).get(all.get(2))).hasSize(1);
        assertThat(found.get(1)).containsOnlyKeys(reversed.subList(0, 3));
        assertThat(found.get(2))
                .as("one that is not there any more has absorbed nothing")
                .containsOnlyKeys(all.get(2), "gone");
    }

    private static Digest of(List<Digest> digests, Digest read) {
        return digests.stream()
                .filter(one -> one.timer().id().equals(read.timer().id()))
                .findFirst()
                .orElseThrow();
    }

    private Digest digest(int size) {
        var id = ids.next();
        var timer = new Timer(
                id,
                "portions",
                "none",
                Timer.TimerKind.DIGEST,
                new RuleRef("r", "v"),
                "c-" + id,
                "",
                new EventPlace(1, NEVER),
                NEVER,
                NEVER,
                0);
        var empty = new Digest(timer, 0, 0, true, List.of());
        return size == 0
                ? empty
                : empty.with(
                        new DigestItem("e-" + id, new EventPlace(1, NEVER), Map.of("text", "x".repeat(size)), null),
                        timer,
                        true);
    }
}
