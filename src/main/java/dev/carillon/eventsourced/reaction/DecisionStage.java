package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.reaction.DecisionSink.CurrentPosition;
import dev.carillon.eventsourced.reaction.Reaction.Ports;
import dev.carillon.eventsourced.timer.Digest.DigestKey;
import dev.carillon.eventsourced.timer.DigestBatch;
import dev.carillon.notification.recipient.CustomerZones;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
                .chain(present -> decideEach(tx, batch, present)
                        .chain(known -> ports.timers()
                                .open(tx, digestKeys(candidates(batch)))
                                .map(open -> new DecisionBatch(mapper, zones, present, new DigestBatch(open)).of(batch))
                                .chain(decisions -> write(tx, ports, decisions, known))));
    }

    /** @return the recipients whom rules asked for, as of the trigger and of the present */
    private Uni<Map<AsOf<RecipientKey>, Recipient>> decideEach(
            Tx tx, List<TriggerEvaluation> batch, CurrentPosition present) {
        var presents = new LinkedHashMap<AsOf<RecipientKey>, Long>();
        candidates(batch)
                .filter(Candidate::needsRecipient)
                .forEach(one -> presents.put(
                        one.recipientKey(), present.of(one.evaluation().trigger())));
        return recipients
                .thenAndNow(tx, presents)
                .call(known -> new EventLoopYield()
                        .each(candidates(batch).iterator(), one -> one.decide(known.get(one.recipientKey()))));
    }

    private Uni<Reaction.Reacted> write(
            Tx tx, Ports ports, DecisionBatch decisions, Map<AsOf<RecipientKey>, Recipient> known) {
        return ports.timers()
                .arm(tx, decisions.timers())
                .chain(() -> ports.timers().keep(tx, decisions.digests()))
                .chain(() -> ports.sink().submit(tx, decisions.commands(), known))
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
