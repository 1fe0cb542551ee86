package dev.carillon.eventsourced.reaction;

import dev.carillon.notification.BacktestPipeline;
import dev.carillon.notification.BacktestReceipt;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collects what a backtest would have decided. */
final class BacktestDecisionSink implements DecisionSink {

    private final BacktestPipeline.BacktestSession corridor;
    private final CurrentPosition present;
    private final List<ReactionDecision> judged = new ArrayList<>();

    BacktestDecisionSink(BacktestPipeline.BacktestSession corridor, CurrentPosition present) {
        this.corridor = corridor;
        this.present = present;
    }

    /** The decisions collected since the last call. */
    List<ReactionDecision> judged() {
        var since = List.copyOf(judged);
        judged.clear();
        return since;
    }

    @Override
    public Uni<CurrentPosition> present(Tx tx) {
        return Uni.createFrom().item(present);
    }

    @Override
    public Uni<List<Receipt>> submit(Tx tx, List<NotificationCommand> commands) {
        return corridor.submit(tx, commands)
                .invoke(all -> all.forEach(one -> judged.add(judgement(one))))
                .replaceWith(List.of());
    }

    @Override
    public Uni<Void> record(Tx tx, List<RuleDecision> decided) {
        decided.forEach(one -> judged.add(new ReactionDecision(
                one.event(), one.rule().id(), one.customerId(), false, one.reason(), one.judgedAt(), null, Map.of())));
        return Uni.createFrom().voidItem();
    }

    private static ReactionDecision judgement(BacktestReceipt one) {
        var command = one.command();
        return new ReactionDecision(
                Objects.requireNonNull(command.origin().event()),
                Objects.requireNonNull(command.origin().rule()).id(),
                command.customerId(),
                one.reason() == null,
                one.reason(),
                command.decidedAt(),
                one.until(),
                one.words());
    }
}
