package dev.carillon.notification;

import dev.carillon.platform.batch.MicroBatcher;
import dev.carillon.platform.batch.Pacing;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.steps.Journeys;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Takes commands that come one by one. It puts many of them into one transaction and answers each after the commit. */
@ApplicationScoped
public class NotificationIntake {

    private static final MicroBatcher.Bounds BOUNDS = new MicroBatcher.Bounds(500, 3, 20_000);

    private final Transactions transactions;
    private final NotificationPipeline pipeline;
    private final Journeys journeys;
    private final MicroBatcher<NotificationCommand, Receipt> batcher;

    NotificationIntake(
            Transactions transactions,
            NotificationPipeline pipeline,
            Journeys journeys,
            Pacing pacing,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.pipeline = pipeline;
        this.journeys = journeys;
        this.batcher = new MicroBatcher<>(BOUNDS, pacing.pace(), NotificationIntake::mayBeOneItem, this::commit);
        Gauge.builder("carillon.intake.waiting", batcher, MicroBatcher::waiting)
                .description("API calls that wait for a batch")
                .register(meters);
    }

    /** Answers after the commit; fails with {@code Overloaded} when too much is waiting. */
    public Uni<Receipt> submit(NotificationCommand command) {
        return batcher.submit(command);
    }

    private static boolean mayBeOneItem(Throwable failure) {
        return failure instanceof CommandFailedException || PgFailures.liesInTheData(failure);
    }

    private Uni<List<Receipt>> commit(List<NotificationCommand> commands) {
        return transactions.inTransaction(tx -> pipeline.submit(tx, commands)).invoke(this::committed);
    }

    /** The receipts are committed, so their callers must get them whatever happens here. */
    private void committed(List<Receipt> receipts) {
        try {
            pipeline.committed(receipts);
            journeys.moved(
                    receipts.stream().map(receipt -> receipt.command().tenant()).toList());
        } catch (Throwable e) { // also an error: who is told that it failed submits it again
            Log.errorf(
                    "channels were not notified of %d notifications; the next sweep finds them: cause=%s",
                    receipts.size(), e.getClass().getSimpleName());
        }
    }
}
