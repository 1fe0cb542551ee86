package dev.carillon.notification.callback;

import dev.carillon.delivery.DeliveryListener.Moved;
import dev.carillon.delivery.DeliveryTransactionListeners;
import dev.carillon.delivery.report.CallbackReading.Authentic;
import dev.carillon.delivery.report.Consent;
import dev.carillon.delivery.report.DeliveryReport;
import dev.carillon.notification.callback.PgReports.RecordedReport;
import dev.carillon.notification.preference.Suppression.Cause;
import dev.carillon.notification.statistics.Counting;
import dev.carillon.notification.suppression.SuppressionChange;
import dev.carillon.notification.suppression.Suppressions;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Stores what providers report: delivery statuses, and addresses that get nothing more. A callback is stored completely
 * or not at all.
 */
@ApplicationScoped
class Reports {

    private static final Pattern NO_NAME = Pattern.compile("[^a-zA-Z0-9_-]|(?<=^.{50}).+");

    private static final Duration KEPT = Duration.ofDays(7);
    private static final int PORTION = 5_000;

    private final PgReports store;
    private final Suppressions suppressions;
    private final Counting counting;
    private final DeliveryTransactionListeners listeners;
    private final Transactions transactions;
    private final MeterRegistry meters;
    private final Clock clock;

    Reports(
            PgReports store,
            Suppressions suppressions,
            Counting counting,
            DeliveryTransactionListeners listeners,
            Transactions transactions,
            MeterRegistry meters,
            Clock clock) {
        this.store = store;
        this.suppressions = suppressions;
        this.counting = counting;
        this.listeners = listeners;
        this.transactions = transactions;
        this.meters = meters;
        this.clock = clock;
    }

    /** Deletes the record of received callbacks when no provider repeats them any more. */
    void schedule(@Observes Jobs jobs) {
        jobs.job("callbacks").every("10m").after("3m").runOncePer(Duration.ofHours(1), this::forget);
    }

    private Uni<Void> forget() {
        return transactions.inPortions(
                PORTION, tx -> store.forget(tx, clock.instant().minus(KEPT), PORTION));
    }

    /** Completes when it is committed. */
    Uni<CallbackResult> take(String provider, Authentic heard) {
        return transactions
                .inTransaction(tx -> reported(tx, provider, heard.reports())
                        .chain(kept -> ours(tx, provider, heard.consents())
                                .chain(consents -> answered(tx, provider, consents)
                                        .chain(changes -> changed(tx, provider, kept, changes))
                                        .chain(() -> moved(tx, moved(provider, kept)))
                                        .replaceWith(
                                                new Done(kept, heard.consents().size() - consents.size())))))
                .map(done -> CallbackResult.of(heard, done.kept(), done.strangers()))
                .invoke(taken -> count(provider, taken));
    }

    /** @param strangers how many answers are to a tenant that there is not */
    private record Done(List<RecordedReport> kept, int strangers) {}

    /**
     * A reply for an unknown tenant stops nobody: the number's URL at the provider is wrong, and the operator should
     * know.
     */
    private Uni<List<Consent>> ours(Tx tx, String provider, List<Consent> consents) {
        return consents.isEmpty()
                ? Uni.createFrom().item(consents)
                : store.tenants(tx, consents).map(tenants -> {
                    consents.stream()
                            .map(Consent::tenant)
                            .filter(tenant -> !tenants.contains(tenant))
                            .distinct()
                            .forEach(unknown -> Log.warnf(
                                    "reply for an unknown tenant was dropped: provider=%s tenant=%s",
                                    provider, NO_NAME.matcher(unknown).replaceAll("?")));
                    return consents.stream()
                            .filter(consent -> tenants.contains(consent.tenant()))
                            .toList();
                });
    }

    private Uni<List<RecordedReport>> reported(Tx tx, String provider, List<DeliveryReport> reports) {
        return reports.isEmpty()
                ? Uni.createFrom().item(List.of())
                : store.keep(tx, provider, reports, clock.instant());
    }

    private Uni<List<SuppressionChange>> answered(Tx tx, String provider, List<Consent> consents) {
        return consents.isEmpty()
                ? Uni.createFrom().item(List.of())
                : store.fresh(tx, provider, consents, clock.instant())
                        .map(fresh -> consents.stream()
                                .filter(consent -> fresh.contains(consent.eventId()))
                                .map(consent -> new SuppressionChange(
                                        consent.tenant(),
                                        consent.channel(),
                                        consent.address(),
                                        consent.given() ? null : Cause.STOP,
                                        null,
                                        provider,
                                        consent.at()))
                                .toList());
    }

    private Uni<Void> changed(Tx tx, String provider, List<RecordedReport> kept, List<SuppressionChange> answered) {
        var changes = new ArrayList<>(answered);
        kept.stream()
                .filter(RecordedReport::fresh)
                .forEach(one -> one.delivery().ifPresent(delivery -> {
                    var block = one.report().block();
                    if (block != null || one.report().lifts()) {
                        changes.add(new SuppressionChange(
                                delivery.tenant(),
                                delivery.channel(),
                                delivery.address(),
                                block == null ? null : Cause.of(block),
                                one.report().code(),
                                provider,
                                one.report().at()));
                    }
                }));
        changes.sort(Comparator.comparing(SuppressionChange::at)); // what is told at once need not be told in order
        return suppressions.change(tx, changes);
    }

    private Uni<Void> moved(Tx tx, List<Moved> moved) {
        return counting.reported(tx, moved).chain(() -> listeners.moving(tx, moved));
    }

    private static List<Moved> moved(String provider, List<RecordedReport> kept) {
        return kept.stream()
                .filter(RecordedReport::moved)
                .flatMap(one -> one.delivery().stream()
                        .map(delivery -> new Moved(
                                delivery.id(),
                                delivery.tenant(),
                                delivery.channel(),
                                delivery.type(),
                                one.report().status().wire(),
                                provider,
                                null)))
                .distinct()
                .toList();
    }

    private void count(String provider, CallbackResult taken) {
        counter(provider, "taken").increment(taken.taken());
        counter(provider, "unknown").increment(taken.unknown());
        counter(provider, "duplicate").increment(taken.duplicates());
        counter(provider, "ignored").increment(taken.ignored());
    }

    private Counter counter(String provider, String outcome) {
        return Counter.builder("carillon.callback.events")
                .description("Events in callbacks of providers, by outcome")
                .tag("provider", provider)
                .tag("outcome", outcome)
                .register(meters);
    }
}
