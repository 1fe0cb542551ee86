package dev.carillon.notification;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.tracking.NotificationView;
import dev.carillon.notification.tracking.Status;
import dev.carillon.notification.tracking.Tracking;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The pipeline and delivery of the running application as tests see them: customers in, commands in, what became of them out. */
@ApplicationScoped
public class TestPipeline {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final NotificationIntake intake;
    private final RecipientDirectory recipients;
    private final Tracking tracking;
    private final Transactions transactions;
    private final Releases releases;
    private final Pool pool;

    TestPipeline(
            NotificationIntake intake,
            RecipientDirectory recipients,
            Tracking tracking,
            Transactions transactions,
            Releases releases,
            Pool pool) {
        this.intake = intake;
        this.recipients = recipients;
        this.tracking = tracking;
        this.transactions = transactions;
        this.releases = releases;
        this.pool = pool;
    }

    /** A name nobody else has used. */
    public static String unique(String prefix) {
        return prefix + "-" + UlidCreator.getMonotonicUlid().toLowerCase();
    }

    public void customer(String tenant, String id, @Nullable String email, @Nullable String phone) {
        var said = new HashMap<String, Object>(Map.of(Contact.NAME, "Test Customer", Contact.SEGMENT, "gold"));
        said.put(Contact.EMAIL, email);
        said.put(Contact.PHONE, phone);
        customer(tenant, id, said);
    }

    /** With attributes besides the contact details. */
    public void customer(String tenant, String id, Map<String, ? extends @Nullable Object> said) {
        transactions
                .inTransaction(tx -> recipients
                        .nextAct(tx)
                        .chain(act ->
                                recipients.keep(tx, List.of(new Contact(tenant, id, said, true, act, act.position())))))
                .await()
                .atMost(DEADLINE);
    }

    public void prefers(String tenant, String id, String channel, boolean wanted) {
        prefers(tenant, id, Preferences.NONE.withChannels(Map.of(channel, wanted)));
    }

    public void prefers(String tenant, String id, Preferences preferences) {
        transactions
                .inTransaction(tx -> recipients
                        .nextAct(tx)
                        .chain(act -> recipients.keepPreferences(
                                tx, List.of(new PreferencesAsOf(tenant, id, preferences, true, act, act.position())))))
                .await()
                .atMost(DEADLINE);
    }

    public Receipt submit(NotificationCommand command) {
        return intake.submit(command).await().atMost(DEADLINE);
    }

    /** Submits them as fast as possible and answers with receipts or failures, in order. */
    public List<Object> submitAtOnce(List<NotificationCommand> commands) {
        var answers = commands.stream()
                .map(command -> intake.submit(command)
                        .map(receipt -> (Object) receipt)
                        .onFailure()
                        .recoverWithItem(failure -> failure)
                        .subscribeAsCompletionStage())
                .toList();
        return answers.stream()
                .map(answer -> Uni.createFrom().completionStage(answer).await().atMost(DEADLINE))
                .toList();
    }

    public NotificationView find(String tenant, String trackingId) {
        return tracking.find(tenant, trackingId).await().atMost(DEADLINE).orElseThrow();
    }

    /** Evaluates what is held, as a sweep does every second; what the application's own sweep is at, is waited for. */
    public void evaluateHeld() {
        releases.look().await().atMost(DEADLINE);
        pool.query("select delivery_id from outbox where state = 2 for update")
                .execute()
                .await()
                .atMost(DEADLINE);
    }

    public NotificationView awaitStatus(NotificationCommand command, Status status) {
        return await(command, view -> view.status() == status);
    }

    public NotificationView await(NotificationCommand command, Predicate<NotificationView> wanted) {
        return Awaitility.await().atMost(DEADLINE).until(() -> find(command.tenant(), command.trackingId()), wanted);
    }
}
