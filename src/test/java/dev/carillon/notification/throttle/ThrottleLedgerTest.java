package dev.carillon.notification.throttle;

import static dev.carillon.notification.Commands.decided;
import static dev.carillon.notification.Commands.keyed;
import static dev.carillon.notification.Commands.orderShipped;
import static dev.carillon.notification.Commands.priceDrop;
import static dev.carillon.notification.Commands.throttled;
import static dev.carillon.notification.TestPipeline.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.NotificationPipeline;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.preference.FrequencyCap;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.recipient.CustomerCaps;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ThrottleLedgerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    TestPipeline pipeline;

    @Inject
    Transactions transactions;

    @Inject
    NotificationPipeline desk;

    @Inject
    ThrottleLedger ledger;

    @Inject
    PgThrottles store;

    @Inject
    Clock clock;

    @Inject
    Pool pool;

    private final String tenant = unique("throttle");

    @BeforeEach
    void aCustomerWithBothAddresses() {
        pipeline.customer(tenant, "alice", "alice@example.com", "+12025550101");
    }

    @Test
    void of_many_batches_at_once_no_more_go_out_than_the_throttle_allows() {
        // Given
        var now = clock.instant(); // what counts for today must not be swept
        var throttles = List.of(three("a"), three("b"), three("c"));
        var batches = IntStream.range(0, 8)
                .mapToObj(batch -> {
                    var commands = new ArrayList<NotificationCommand>();
                    IntStream.range(0, 4)
                            .forEach(i -> throttles.forEach(throttle ->
                                    commands.add(decided(throttled(orderShipped(tenant, "alice"), throttle), now))));
                    Collections.rotate(commands, batch); // each batch names the keys in another order
                    return commands;
                })
                .toList();

        // When
        var receipts = atOnce(batches);

        // Then
        assertThat(receipts).hasSize(96);
        for (var throttle : throttles) {
            var own = receipts.stream()
                    .filter(receipt -> throttle.equals(receipt.command().throttle()))
                    .toList();
            assertThat(own.stream().filter(Receipt.Queued.class::isInstance)).hasSize(3);
            assertThat(own.stream().filter(Receipt.Suppressed.class::isInstance).map(Receipt.Suppressed.class::cast))
                    .hasSize(29)
                    .allMatch(no -> no.reason() == Reason.THROTTLED)
                    .allMatch(no -> no.detail().equals("3 already sent today"));
        }
        assertThat(recall(throttles.get(0))).hasSize(3);
    }

    @Test
    void of_many_batches_at_once_a_customer_is_told_no_more_than_they_take() {
        // Given
        pipeline.prefers(tenant, "alice", Preferences.NONE.withFrequencyCap(new FrequencyCap(3, "calendar-day", null)));
        pipeline.customer(tenant, "bob", "bob@example.com", "+12025550102");
        var now = clock.instant();
        var batches = IntStream.range(0, 8)
                .mapToObj(batch -> {
                    var commands = new ArrayList<NotificationCommand>();
                    IntStream.range(0, 3)
                            .forEach(i -> List.of("alice", "bob")
                                    .forEach(who -> commands.add(decided(orderShipped(tenant, who), now))));
                    Collections.rotate(commands, batch);
                    return commands;
                })
                .toList();

        // When
        var receipts = atOnce(batches);

        // Then
        var alices = receipts.stream()
                .filter(receipt -> receipt.command().customerId().equals("alice"))
                .toList();
        assertThat(alices.stream().filter(Receipt.Queued.class::isInstance)).hasSize(3);
        assertThat(alices.stream().filter(Receipt.Suppressed.class::isInstance).map(Receipt.Suppressed.class::cast))
                .hasSize(21)
                .allMatch(no -> no.reason() == Reason.FREQUENCY_CAPPED)
                .allMatch(no -> no.detail().equals("3 already sent today"));
        assertThat(receipts)
                .hasSize(48)
                .filteredOn(receipt -> receipt.command().customerId().equals("bob"))
                .hasOnlyElementsOfType(Receipt.Queued.class);
        assertThat(recall(new Throttle(CustomerCaps.keyOf("alice"), 1_000, ThrottleWindow.calendarDay())))
                .hasSize(3);
        assertThat(held()).as("of who has no cap nothing is asked").containsExactly(CustomerCaps.keyOf("alice"));
    }

    @Test
    void of_one_batch_the_first_go_until_the_cap_is_reached() {
        // Given
        pipeline.prefers(tenant, "alice", Preferences.NONE.withFrequencyCap(new FrequencyCap(2, "P1D", "fixed")));
        var now = clock.instant();
        var batch = IntStream.range(0, 4)
                .mapToObj(i -> decided(orderShipped(tenant, "alice"), now.plusSeconds(i)))
                .toList();

        // When
        var receipts = atOnce(List.of(batch));

        // Then
        assertThat(receipts)
                .extracting(receipt -> receipt instanceof Receipt.Suppressed no ? no.detail() : "told")
                .containsExactly("told", "told", "2 already sent within PT24H", "2 already sent within PT24H");
    }

    @Test
    void what_was_throttled_may_still_be_told_and_what_was_refused_did_not_count() {
        // Given
        var one = new Throttle("r/alice", 1, ThrottleWindow.calendarDay());
        var refused = submit(throttled(priceDrop(tenant, "alice"), one));
        var sent = submit(throttled(orderShipped(tenant, "alice"), one));
        var held = submit(keyed(throttled(orderShipped(tenant, "alice"), one), "order/ord-009/shipped"));

        // When
        var told = submit(keyed(orderShipped(tenant, "alice"), "order/ord-009/shipped"));

        // Then
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Receipt.Suppressed.class, no -> assertThat(no.reason()).isEqualTo(Reason.CATEGORY_OFF));
        assertThat(sent).isInstanceOf(Receipt.Queued.class);
        assertThat(held)
                .isInstanceOfSatisfying(
                        Receipt.Suppressed.class, no -> assertThat(no.detail()).isEqualTo("already sent today"));
        assertThat(told).isInstanceOf(Receipt.Queued.class);
    }

    @Test
    void the_throttle_of_one_tenant_is_none_of_anothers() {
        // Given
        var one = new Throttle("r/alice", 1, ThrottleWindow.calendarDay());
        submit(throttled(orderShipped(tenant, "alice"), one));
        var other = unique("throttle");
        pipeline.customer(other, "alice", "alice@example.com", "+12025550101");

        // When
        var elsewhere = submit(throttled(orderShipped(other, "alice"), one));

        // Then
        assertThat(elsewhere).isInstanceOf(Receipt.Queued.class);
    }

    @Test
    void what_cannot_count_any_more_is_swept_and_what_still_counts_stays() {
        // Given
        var over = new Throttle("over", 1, ThrottleWindow.calendarDay());
        var present = new Throttle("present", 1, ThrottleWindow.calendarDay());
        var now = clock.instant();
        transactions
                .inTransaction(tx -> ledger.recall(
                                tx,
                                List.of(
                                        new ThrottleLedger.ThrottleOf(tenant, over),
                                        new ThrottleLedger.ThrottleOf(tenant, present)))
                        .invoke(history -> {
                            history.add(new CountedSend(
                                    tenant,
                                    "over",
                                    now.minusSeconds(120),
                                    now.minusSeconds(120),
                                    now.minusSeconds(60),
                                    "n-1"));
                            history.add(new CountedSend(tenant, "present", now, now, now.plusSeconds(60), "n-2"));
                        })
                        .call(history -> ledger.keep(tx, history)))
                .await()
                .atMost(DEADLINE);

        // When
        ledger.sweep().await().atMost(DEADLINE);

        // Then
        assertThat(recall(over)).isEmpty();
        assertThat(recall(present)).hasSize(1);
    }

    private List<String> held() {
        var keys = new ArrayList<String>();
        pool.preparedQuery("select key from throttle where tenant = $1")
                .executeAndAwait(Tuple.of(tenant))
                .forEach(row -> keys.add(row.getString(0)));
        return keys;
    }

    private Throttle three(String name) {
        return new Throttle(name + "/alice", 3, ThrottleWindow.calendarDay());
    }

    private List<Receipt> atOnce(List<? extends List<NotificationCommand>> batches) {
        var all = batches.stream()
                .map(batch -> transactions.inTransaction(tx -> desk.submit(tx, batch)))
                .toList();
        return Uni.join().all(all).andFailFast().await().atMost(DEADLINE).stream()
                .flatMap(List::stream)
                .toList();
    }

    private Receipt submit(NotificationCommand command) {
        return pipeline.submit(decided(command, clock.instant()));
    }

    private List<CountedSend> recall(Throttle throttle) {
        return transactions
                .inTransaction(tx -> store.recent(tx, List.of(new ThrottleLedger.ThrottleOf(tenant, throttle))))
                .await()
                .atMost(DEADLINE);
    }
}
