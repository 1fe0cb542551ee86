package dev.carillon.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.TestPipeline;
import dev.carillon.notification.erasure.Erasures;
import dev.carillon.notification.preference.Suppression.Cause;
import dev.carillon.notification.suppression.SuppressionChange;
import dev.carillon.notification.suppression.Suppressions;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two memories on one database, as two replicas have them: what was changed beside one of them is what it decides by. */
@QuarkusTest
class PresentRecipientsTest {

    private static final String TENANT = "default";

    @Inject
    TestPipeline pipeline;

    @Inject
    PgRecipients store;

    @Inject
    PgRecipientChanges changes;

    @Inject
    Suppressions suppressions;

    @Inject
    Erasures erasures;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    private String customer;
    private PresentRecipients replica;

    @BeforeEach
    void somebody_who_is_remembered() {
        customer = TestPipeline.unique("cust");
        pipeline.customer(TENANT, customer, customer + "@example.com", null);
        replica = new PresentRecipients(store, changes, () -> 100, transactions);
        assertThat(found()).containsOnlyKeys(key());
    }

    @Test
    void who_did_not_change_is_not_read_again() {
        assertThat(found().get(key())).isSameAs(found().get(key()));
    }

    @Test
    void who_did_not_change_is_as_of_the_last_change_of_anybody() {
        // Given
        long before = found().get(key()).asOf();

        // When
        pipeline.customer(TENANT, "another-" + customer, "another@example.com", null);

        // Then
        assertThat(found().get(key()).asOf()).isGreaterThan(before);
    }

    @Test
    void a_change_of_preferences_holds_at_once() {
        // When
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("channels", Map.of("email", false)))
                .put("/api/v1/preferences/{id}", customer)
                .then()
                .statusCode(201);

        // Then
        assertThat(found().get(key()).preferences().channels()).containsEntry("email", false);
    }

    @Test
    void so_does_another_address() {
        // When
        pipeline.customer(TENANT, customer, "new-" + customer + "@example.com", null);

        // Then
        assertThat(found().get(key()).email()).isEqualTo("new-" + customer + "@example.com");
    }

    @Test
    void so_does_a_blocked_address() {
        // When
        suppressions
                .suppress(new SuppressionChange(
                        TENANT, "email", customer + "@example.com", Cause.BOUNCE, null, "test", clock.instant()))
                .await()
                .indefinitely();

        // Then
        assertThat(found().get(key()).suppression("email")).isPresent();
    }

    @Test
    void who_was_erased_is_known_no_more() {
        // When
        assertThat(erasures.begin(TENANT, customer, known -> {}).await().indefinitely())
                .isPresent();

        // Then
        assertThat(found()).isEmpty();
    }

    @Test
    void after_more_changes_than_are_worth_hearing_one_by_one_everybody_is_read_again() {
        // When
        transactions
                .inTransaction(tx -> store.nextPosition(tx)
                        .chain(position -> PgTx.connection(tx)
                                .query("insert into recipient_change (position, tenant, customer_id) select " + position
                                        + ", 'default', 'somebody-' || n from generate_series(1, 1500) n")
                                .execute()))
                .await()
                .indefinitely();
        pipeline.customer(TENANT, customer, "new-" + customer + "@example.com", null);

        // Then
        assertThat(found().get(key()).email()).isEqualTo("new-" + customer + "@example.com");
    }

    @Test
    void changes_that_everybody_has_heard_of_are_forgotten() {
        // Given
        transactions
                .inTransaction(tx -> PgTx.connection(tx)
                        .query("insert into recipient_change values (0, 'long-ago', null, now() - interval '2 hours')")
                        .execute())
                .await()
                .indefinitely();

        // When
        transactions.inPortions(10, tx -> changes.forget(tx, 10)).await().indefinitely();

        // Then
        assertThat(transactions
                        .inTransaction(tx -> PgTx.connection(tx)
                                .query("select count(*) from recipient_change where tenant = 'long-ago'")
                                .execute()
                                .map(rows -> rows.iterator().next().getLong(0)))
                        .await()
                        .indefinitely())
                .isZero();
        assertThat(found()).containsOnlyKeys(key());
    }

    @Test
    void but_the_newest_is_kept_because_it_tells_that_nothing_has_changed_since() {
        // Given
        transactions
                .inTransaction(tx -> store.nextPosition(tx)
                        .chain(position -> PgTx.connection(tx)
                                .query("insert into recipient_change values (" + position
                                        + ", 'newest', null, now() - interval '2 hours')")
                                .execute()))
                .await()
                .indefinitely();

        // When
        transactions.inPortions(10, tx -> changes.forget(tx, 10)).await().indefinitely();

        // Then
        assertThat(transactions
                        .inTransaction(tx -> PgTx.connection(tx)
                                .query("select tenant from recipient_change order by position desc limit 1")
                                .execute()
                                .map(rows -> rows.iterator().next().getString(0)))
                        .await()
                        .indefinitely())
                .isEqualTo("newest");
    }

    private RecipientKey key() {
        return new RecipientKey(TENANT, customer);
    }

    private Map<RecipientKey, Recipient> found() {
        return transactions
                .inTransaction(tx -> replica.find(tx, List.of(key())))
                .await()
                .indefinitely();
    }
}
