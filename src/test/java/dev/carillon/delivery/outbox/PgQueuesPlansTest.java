package dev.carillon.delivery.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import dev.carillon.testing.Plans;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Two tenants' queues of 80,000 deliveries each: of every four one is due, one is due later, one is held and one is set
 * aside; everything is rolled back.
 */
@QuarkusTest
class PgQueuesPlansTest {

    private static final List<String> FILL = List.of(
            """
            insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, customer_id, destination)
            select lpad(n::text, 26, '0'), now(), case when n % 8 < 4 then 'plans' else 'others' end, 'sms', 1,
                   case n % 4 when 0 then 0 when 1 then 0 when 2 then 2 else 3 end,
                   now() + (case when n % 4 = 1 then 1 else -1 end * interval '1 hour'), 'customer-' || n,
                   case when n % 4 = 3 then 'host-' || n % 5 end
            from generate_series(1, 160000) n
            """,
            "insert into outbox_destination (channel, tenant, destination) select 'sms', 'plans', 'host-' || n from generate_series(0, 4) n",
            """
            insert into outbox (delivery_id, created_at, tenant, channel, priority, state, due_at, lease_token, lease_until)
            select 'leased-' || n, now(), 'plans', 'sms', 0, 1, now(), n, now() + interval '30 seconds' from generate_series(1, 7) n
            """);

    @Inject
    Transactions transactions;

    @Inject
    Queues queues;

    @Test
    void reads_no_more_than_it_counts_whether_statistics_are_missing_or_fresh() {
        // When
        var plans = Plans.of(
                transactions,
                "analyze, costs off, timing off, summary off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> explained(tx, explained))
                        .chain(() -> Plans.run(tx, "analyze outbox", "analyze outbox_destination"))
                        .chain(() -> explained(tx, explained)));

        // Then
        assertThat(plans)
                .hasSize(8)
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContainPattern("Seq Scan on outbox[^\\n]*\\(actual")
                        .doesNotContain("Sort Method: external")
                        .doesNotContainPattern("actual rows=[2-9][0-9]{4}"));
    }

    @Test
    void every_lane_of_the_tenant_is_counted_up_to_the_bound_and_says_since_when_the_oldest_is_due() {
        // When
        var found = new AtomicReference<List<LaneQueue>>(List.of());
        Plans.of(
                transactions,
                "costs off",
                (explained, tx) -> Plans.run(tx, FILL)
                        .chain(() -> queues.of(tx, "plans", Clock.systemUTC().instant()))
                        .invoke(found::set)
                        .replaceWithVoid());

        // Then
        assertThat(found.get().stream().filter(queue -> queue.channel().equals("sms")))
                .extracting(LaneQueue::priority)
                .containsExactly(0, 1, 2);
        var urgent = lane(found.get(), 0);
        assertThat(urgent.sending()).isEqualTo(new BoundedCount(7, false));
        assertThat(urgent.due()).isEqualTo(BoundedCount.NONE);
        assertThat(urgent.oldestDueAt()).isNull();
        var normal = lane(found.get(), 1);
        assertThat(List.of(normal.due(), normal.later(), normal.held(), normal.setAside()))
                .allSatisfy(count -> assertThat(count).isEqualTo(new BoundedCount(10_000, true)));
        assertThat(normal.oldestDueAt())
                .isBetween(
                        Clock.systemUTC().instant().minusSeconds(3_700),
                        Clock.systemUTC().instant().minusSeconds(3_500));
        assertThat(found.get())
                .filteredOn(queue -> !queue.channel().equals("sms"))
                .isNotEmpty()
                .allSatisfy(queue -> {
                    assertThat(List.of(queue.due(), queue.later(), queue.setAside(), queue.sending()))
                            .containsOnly(BoundedCount.NONE);
                    // all lanes share the bound of what is held: here others may have more
                    assertThat(queue.held()).isEqualTo(new BoundedCount(0, true));
                });
    }

    private static LaneQueue lane(List<LaneQueue> queues, int priority) {
        return queues.stream()
                .filter(queue -> queue.channel().equals("sms") && queue.priority() == priority)
                .findFirst()
                .orElseThrow();
    }

    private static Uni<Void> explained(Tx tx, Plans plans) {
        var now = Clock.systemUTC().instant().atOffset(ZoneOffset.UTC);
        var channels = new String[] {"email", "sms", "webhook"};
        return plans.explain(tx, PgQueues.LANES, Tuple.of("plans", channels, now))
                .chain(() -> plans.explain(tx, PgQueues.ASIDE, Tuple.of("plans", channels)))
                .chain(() -> plans.explain(tx, PgQueues.HELD, Tuple.of("plans")))
                .chain(() -> plans.explain(tx, PgQueues.SENDING, Tuple.of("plans")));
    }
}
