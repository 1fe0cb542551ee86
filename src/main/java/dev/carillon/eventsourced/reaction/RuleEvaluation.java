package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.PendingEvent.Cursor;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.memory.Memory.EntityKey;
import dev.carillon.eventsourced.memory.Memory.SetKey;
import dev.carillon.eventsourced.rule.Audience;
import dev.carillon.eventsourced.rule.Decision.Ignore;
import dev.carillon.eventsourced.rule.Evaluation;
import dev.carillon.eventsourced.rule.Fact;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleEvent;
import dev.carillon.eventsourced.timer.DigestItem;
import dev.carillon.platform.lww.AsOf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One rule that answers one trigger: first whether its event gates open, then whom it addresses, then what it decides
 * about each of them. Not thread-safe.
 */
final class RuleEvaluation {

    private final Trigger.EventTrigger trigger;
    private final RecordedEvent about;
    private final RuleEvent event;
    private final Rule rule;
    private final @Nullable RuleEvent earlier;
    private final @Nullable RuleEvent ended;
    private final @Nullable AsOf<SetKey> setKey;
    private final List<Candidate> candidates = new ArrayList<>();
    private @Nullable Evaluation opened;
    private @Nullable Ignore refusal;
    private @Nullable Cursor cursor;
    private boolean opensSet;

    /**
     * @param about   the event the rule sees as {@code event}: the current one, or one that arrived before the event it follows
     * @param event   the same, in the form rules use
     * @param earlier what the event came after, where the rule wants it to come after something
     * @param ended   what ended the absence the rule waits for
     */
    RuleEvaluation(
            Trigger.EventTrigger trigger,
            RecordedEvent about,
            RuleEvent event,
            Rule rule,
            @Nullable RuleEvent earlier,
            @Nullable RuleEvent ended) {
        this.trigger = trigger;
        this.about = about;
        this.event = event;
        this.rule = rule;
        this.earlier = earlier;
        this.ended = ended;
        this.setKey = rule.collecting(event)
                .map(collected -> new AsOf<>(new SetKey(trigger.tenant(), rule.id(), collected.key()), trigger.asOf()))
                .orElse(null);
    }

    /** Asks the event gates; returns what that cost. A timer's rule has passed them, and its customer is known. */
    long open(LoadedFacts facts) {
        opened = rule.evaluate(event, facts.of(this));
        if (trigger instanceof Trigger.TimerDue) {
            return 0;
        }
        var set = facts.collected(this);
        opensSet = rule.timeout().isPresent() && set != null && set.openedBy() == asOf() && after().isEmpty();
        var gate = opened.opens();
        refusal = gate.passed() ? null : gate.ignored();
        return opened.spent();
    }

    /** Whom it addresses. */
    Audience audience() {
        return opened().audience();
    }

    /** Decides about these customers. A full page is left to a walk, and on a walk what is behind it to the next page. */
    void address(List<String> customers) {
        boolean full = customers.size() == Audiences.PAGE;
        if (full && !isWalked()) {
            leave();
            return;
        }
        opened().addressing(customers.size());
        customers.forEach(customer -> candidates.add(new Candidate(this, customer, List.of())));
        if (full) {
            cursor = cursor(customers.get(customers.size() - 1));
        } else if (customers.isEmpty() && after().isEmpty()) {
            refusal = opened().outsideAudience(null);
        }
    }

    /** Leaves all of it to the next page of a walk. */
    void leave() {
        cursor = cursor(after());
        opensSet = false; // it does then
    }

    private Cursor cursor(String after) {
        return new Cursor(rule.id(), about.position(), after, List.of());
    }

    /** These rules come after it, when the rest of its audience is through. */
    void isFollowedBy(List<String> rules) {
        if (cursor != null) {
            cursor = new Cursor(cursor.rule(), cursor.about(), cursor.after(), rules);
        }
    }

    private boolean isWalked() {
        return trigger instanceof Trigger.EventPublished heard
                && heard.pending().isWalk();
    }

    /** Decides about a timer's customer. */
    void address(Trigger.TimerDue due, List<DigestItem> items) {
        opened().addressing(1);
        candidates.add(new Candidate(this, due.timer().customerId(), items));
    }

    Evaluation opened() {
        return Objects.requireNonNull(opened, "its gates were not asked");
    }

    /** Why it looked at no customer, or found none; null when it has candidates. */
    @Nullable
    Ignore refusal() {
        return refusal;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /** Where the rest of its audience begins; null when there is none. */
    @Nullable
    Cursor cursor() {
        return cursor;
    }

    /** Whether the event is the first of the set that the rule collects, so that the set's time begins. */
    boolean opensSet() {
        return opensSet;
    }

    Trigger.EventTrigger trigger() {
        return trigger;
    }

    RecordedEvent about() {
        return about;
    }

    RuleEvent event() {
        return event;
    }

    Rule rule() {
        return rule;
    }

    @Nullable
    RuleEvent earlier() {
        return earlier;
    }

    @Nullable
    RuleEvent ended() {
        return ended;
    }

    /** The set the event belongs to, where the rule collects. */
    @Nullable
    AsOf<SetKey> setKey() {
        return setKey;
    }

    String tenant() {
        return trigger.tenant();
    }

    Instant at() {
        return trigger.at();
    }

    long asOf() {
        return trigger.asOf();
    }

    /** The customer with whom the last page of its audience ended; empty at the beginning. */
    String after() {
        return trigger instanceof Trigger.EventPublished heard
                        && isAt(heard.pending().cursor())
                ? heard.pending().cursor().after()
                : "";
    }

    /** Whether a walk goes on with it. */
    boolean isAt(@Nullable Cursor walk) {
        return walk != null && rule.id().equals(walk.rule()) && about.position() == walk.about();
    }

    /** The order and the product the event names, if the rule speaks of them. */
    List<AsOf<EntityKey>> entityKeys() {
        var keys = new ArrayList<AsOf<EntityKey>>(2);
        if (rule.facts().contains(Fact.ORDER) && event.data().get("orderId") instanceof String id) {
            keys.add(entityKey(Memory.ORDER, id));
        }
        if (rule.facts().contains(Fact.PRODUCT) && event.data().get("productId") instanceof String id) {
            keys.add(entityKey(Memory.PRODUCT, id));
        }
        return keys;
    }

    AsOf<EntityKey> entityKey(String kind, String id) {
        return new AsOf<>(new EntityKey(tenant(), kind, id), asOf());
    }

    static RuleEvent ruleEvent(RecordedEvent recorded) {
        var event = recorded.event();
        return new RuleEvent(
                event.id(),
                event.type(),
                event.source(),
                event.subject(),
                recorded.at(),
                recorded.recordedAt(),
                event.data(),
                event.traits());
    }
}
