package dev.carillon.notification;

import static dev.carillon.notification.Commands.byRule;
import static dev.carillon.notification.Commands.command;
import static dev.carillon.notification.Commands.from;
import static dev.carillon.notification.Commands.keyed;
import static dev.carillon.notification.Commands.on;
import static dev.carillon.notification.Commands.orderShipped;
import static dev.carillon.notification.TestPipeline.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class NotificationIntakeTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    TestPipeline pipeline;

    @Inject
    Tracking tracking;

    @Inject
    Transactions transactions;

    @Inject
    NotificationPipeline real;

    private final String tenant = unique("intake");

    @BeforeEach
    void aCustomerWithBothAddresses() {
        pipeline.customer(tenant, "alice", "alice@example.com", "+12025550101");
    }

    @Test
    void of_many_who_tell_one_fact_at_once_exactly_one_is_heard() {
        // Given
        var commands = IntStream.range(0, 64)
                .mapToObj(i -> keyed(orderShipped(tenant, "alice"), "order/ord-001/shipped"))
                .toList();

        // When
        var receipts = pipeline.submitAtOnce(commands);

        // Then
        var queued = only(Receipt.Queued.class, receipts);
        var suppressed = only(Receipt.Suppressed.class, receipts);
        assertThat(queued).hasSize(1);
        assertThat(suppressed)
                .hasSize(63)
                .allMatch(no -> no.reason() == Reason.DUPLICATE_BUSINESS_KEY)
                .allMatch(no -> queued.get(0).command().trackingId().equals(no.duplicateOf()));
        pipeline.awaitStatus(queued.get(0).command(), Status.SENT);
    }

    @Test
    void a_fact_that_a_suppressed_notification_did_not_tell_is_told_by_a_later_one() {
        // Given
        pipeline.prefers(tenant, "alice", "email", false);
        var silent = keyed(on(orderShipped(tenant, "alice"), "email"), "order/ord-002/shipped");
        assertThat(pipeline.submit(silent)).isInstanceOf(Receipt.Suppressed.class);

        // When
        pipeline.prefers(tenant, "alice", "email", true);
        var heard = keyed(on(orderShipped(tenant, "alice"), "email"), "order/ord-002/shipped");

        // Then
        assertThat(pipeline.submit(heard)).isInstanceOf(Receipt.Queued.class);
        pipeline.awaitStatus(heard, Status.SENT);
    }

    @Test
    void a_refused_command_does_not_silence_the_next_one_of_its_batch_with_the_same_key() {
        // Given
        var refused = keyed(command(tenant, "alice", "ORDER_SHIPPED", Map.of()), "order/ord-003/shipped");
        var heard = keyed(orderShipped(tenant, "alice"), "order/ord-003/shipped");
        var late = keyed(orderShipped(tenant, "alice"), "order/ord-003/shipped");

        // When
        var receipts = inOneTransaction(refused, heard, late);

        // Then
        assertThat(receipts.get(0))
                .isInstanceOfSatisfying(
                        Receipt.Suppressed.class, no -> assertThat(no.reason()).isEqualTo(Reason.VARIABLE_MISSING));
        assertThat(receipts.get(1)).isInstanceOf(Receipt.Queued.class);
        assertThat(receipts.get(2))
                .isInstanceOfSatisfying(
                        Receipt.Suppressed.class,
                        no -> assertThat(no.duplicateOf()).isEqualTo(heard.trackingId()));
        var later = pipeline.submit(keyed(orderShipped(tenant, "alice"), "order/ord-003/shipped"));
        assertThat(later)
                .isInstanceOfSatisfying(
                        Receipt.Suppressed.class,
                        no -> assertThat(no.duplicateOf()).isEqualTo(heard.trackingId()));
    }

    @Test
    void a_business_key_and_a_notification_belong_to_their_tenant() {
        // Given
        var other = unique("other");
        pipeline.customer(other, "alice", "alice@example.com", null);
        var mine = keyed(orderShipped(tenant, "alice"), "order/ord-004/shipped");
        var theirs = keyed(orderShipped(other, "alice"), "order/ord-004/shipped");

        // When
        var receipts = List.of(pipeline.submit(mine), pipeline.submit(theirs));

        // Then
        assertThat(receipts).allMatch(receipt -> receipt instanceof Receipt.Queued);
        assertThat(tracking.find(tenant, mine.trackingId()).await().atMost(DEADLINE))
                .isPresent();
        assertThat(tracking.find(tenant, theirs.trackingId()).await().atMost(DEADLINE))
                .isEmpty();
        assertThat(tracking.find(other, mine.trackingId()).await().atMost(DEADLINE))
                .isEmpty();
        assertThat(tracking.find(tenant, "no id").await().atMost(DEADLINE)).isEmpty();
        assertThat(tracking.all(other).await().atMost(DEADLINE))
                .extracting(view -> view.trackingId())
                .containsExactly(theirs.trackingId());
    }

    @Test
    void an_item_the_database_refuses_spoils_none_of_its_neighbours() {
        // Given
        var commands = new ArrayList<NotificationCommand>();
        for (int i = 0; i < 60; i++) {
            commands.add(
                    i % 20 == 10 ? keyed(orderShipped(tenant, "alice"), "nul/\u0000") : orderShipped(tenant, "alice"));
        }

        // When
        var receipts = pipeline.submitAtOnce(commands);

        // Then
        assertThat(only(Receipt.Queued.class, receipts)).hasSize(57);
        assertThat(only(Throwable.class, receipts)).hasSize(3);
    }

    @Test
    void a_hostile_text_is_told_or_refused_but_never_lost_with_its_neighbours() {
        // Given
        var hostile = command(tenant, "alice", "ORDER_SHIPPED", Map.of("orderId", "ord\u0000\ud800\n-005"));
        var neighbour = orderShipped(tenant, "alice");

        // When
        var receipts = pipeline.submitAtOnce(List.of(
                orderShipped(tenant, "alice"),
                orderShipped(tenant, "alice"),
                orderShipped(tenant, "alice"),
                hostile,
                neighbour));

        // Then
        assertThat(receipts.get(3)).isInstanceOf(Receipt.class);
        assertThat(receipts.get(4)).isInstanceOf(Receipt.Queued.class);
    }

    @Test
    void what_was_submitted_is_queued_or_suppressed_and_what_was_queued_is_sent() {
        // Given
        pipeline.customer(tenant, "no-address", null, null);
        pipeline.customer(tenant, "only-sms", null, "+12025550102");
        pipeline.prefers(tenant, "only-sms", "email", false);
        var random = new Random(7);
        var customers = List.of("alice", "no-address", "only-sms", "nobody");
        var commands = IntStream.range(0, 300)
                .mapToObj(i -> {
                    var one = from(orderShipped(tenant, customers.get(random.nextInt(customers.size()))), byRule());
                    return random.nextBoolean() ? one : keyed(one, "fact/" + random.nextInt(40));
                })
                .toList();

        // When
        var receipts = pipeline.submitAtOnce(commands);

        // Then
        var queued = only(Receipt.Queued.class, receipts);
        var suppressed = only(Receipt.Suppressed.class, receipts);
        assertThat(queued.size() + suppressed.size()).isEqualTo(300);
        assertThat(queued).isNotEmpty();
        queued.forEach(one -> pipeline.awaitStatus(one.command(), Status.SENT));
        var views = tracking.all(tenant).await().atMost(DEADLINE);
        assertThat(views).hasSize(300);
        assertThat(views.stream().filter(view -> view.status() == Status.SENT)).hasSize(queued.size());
        assertThat(views.stream().filter(view -> view.status() == Status.SUPPRESSED))
                .hasSize(suppressed.size())
                .allMatch(view -> view.reason() != null);
        assertThat(views.stream()
                        .filter(view -> view.status() == Status.SENT && view.businessKey() != null)
                        .map(view -> view.businessKey()))
                .doesNotHaveDuplicates();
    }

    private List<Receipt> inOneTransaction(NotificationCommand... commands) {
        var receipts = transactions
                .inTransaction(tx -> real.submit(tx, List.of(commands)))
                .await()
                .atMost(DEADLINE);
        real.committed(receipts);
        return receipts;
    }

    private static <T> List<T> only(Class<T> kind, List<?> receipts) {
        return receipts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
