package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.reaction.DecisionSink;
import dev.carillon.notification.BacktestPipeline.BacktestSession;
import dev.carillon.notification.BacktestReceipt;
import dev.carillon.notification.NotificationCommand;
import dev.carillon.notification.Receipt;
import dev.carillon.notification.decision.RuleDecision;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collects what the rules under test decide. */
final class BacktestDecisions implements DecisionSink {

    private final BacktestSession pipeline;
    private final CurrentPosition present;
    private final Coverage coverage;
    private final List<BacktestDecision> decisions = new ArrayList<>();

    BacktestDecisions(BacktestSession pipeline, CurrentPosition present, Coverage coverage) {
        this.coverage = coverage;
        this.pipeline = pipeline;
        this.present = present;
    }

    /** The decisions since the last call. */
    List<BacktestDecision> take() {
        var taken = List.copyOf(decisions);
        decisions.clear();
        return taken;
    }

    @Override
    public Uni<CurrentPosition> present(Tx tx) {
        return Uni.createFrom().item(present);
    }

    @Override
    public Uni<List<Receipt>> submit(
            Tx tx, List<NotificationCommand> commands, Map<AsOf<RecipientKey>, Recipient> known) {
        return pipeline.submit(tx, commands)
                .invoke(all -> all.forEach(one -> add(decision(one))))
                .replaceWith(List.of());
    }

    @Override
    public Uni<Void> record(Tx tx, List<RuleDecision> decided) {
        decided.forEach(coverage::decided);
        decided.forEach(one -> decisions.add(new BacktestDecision(
                one.event(), one.rule().id(), one.customerId(), false, one.reason(), one.judgedAt(), null, Map.of())));
        return Uni.createFrom().voidItem();
    }

    private void add(BacktestDecision one) {
        coverage.commanded(one.event(), one.ruleId(), one.judgedAt(), one.sent());
        decisions.add(one);
    }

    private static BacktestDecision decision(BacktestReceipt one) {
        var command = one.command();
        return new BacktestDecision(
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
