package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.reaction.Reaction.Ports;
import dev.carillon.eventsourced.timer.Digest.DigestKey;
import dev.carillon.eventsourced.timer.DigestBatch;
import dev.carillon.notification.recipient.CustomerZones;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Decides about each candidate, sends commands to the pipeline, arms timers and digests, and records every "no". */
@ApplicationScoped
class DecisionStage {

    private final RecipientDirectory recipients;
    private final CustomerZones zones;
    private final DecisionMapper mapper;

    DecisionStage(RecipientDirectory recipients, CustomerZones zones, DecisionMapper mapper) {
        this.recipients = recipients;
        this.zones = zones;
        this.mapper = mapper;
    }

    Uni<Reaction.Reacted> decide(Tx tx, Ports ports, List<TriggerEvaluation> batch) {
        if (batch.stream().allMatch(TriggerEvaluation::isHeardByNobody)) {
            return Uni.createFrom().item(Reaction.Reacted.of(batch, List.of(), List.of()));
        }
        return ports.sink()
                .present(tx)
                .chain(present -> decideEach(tx, batch)
                        .chain(() -> ports.timers().open(tx, digestKeys(candidates(batch))))
                        .map(open -> new DecisionBatch(mapper, zones, present, new DigestBatch(open)).of(batch)))
                .chain(decisions -> write(tx, ports, decisions));
    }

    private Uni<Void> decideEach(Tx tx, List<TriggerEvaluation> batch) {
        var keys = candidates(batch)
                .filter(Candidate::needsRecipient)
                .map(Candidate::recipientKey)
                .distinct()
                .toList();
        return recipients
                .asOf(tx, keys)
                .chain(known -> new EventLoopYield()
                        .each(candidates(batch).iterator(), one -> one.decide(known.get(one.recipientKey()))));
    }

    private Uni<Reaction.Reacted> write(Tx tx, Ports ports, DecisionBatch decisions) {
        return ports.timers()
                .arm(tx, decisions.timers())
                .chain(() -> ports.timers().keep(tx, decisions.digests()))
                .chain(() -> ports.sink().submit(tx, decisions.commands()))
                .call(() -> ports.sink().record(tx, decisions.decided()))
                .map(receipts -> Reaction.Reacted.of(decisions.answered(), receipts, decisions.decided()));
    }

    private static Stream<Candidate> candidates(List<TriggerEvaluation> batch) {
        return batch.stream().flatMap(TriggerEvaluation::candidates);
    }

    static Set<DigestKey> digestKeys(Stream<Candidate> candidates) {
        var keys = new LinkedHashSet<DigestKey>();
        candidates.map(Candidate::digestKey).filter(Objects::nonNull).forEach(keys::add);
        return keys;
    }
}
