package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.memory.Memory.HolderKey;
import dev.carillon.eventsourced.rule.Audience;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Loads the customers of rules' audiences as of the trigger, page by page. */
@ApplicationScoped
class Audiences {

    /**
     * How many customers one page holds: an audience that fills one is walked, in as many transactions as it has pages. Two pages fit
     * into the places of a channel, so what one leads to is sent without a claim (docs/adr/0029) while the next is decided.
     */
    static final int PAGE = 200;

    private final Memory memory;
    private final RecipientDirectory recipients;
    private final ReactionSteps steps;

    Audiences(Memory memory, RecipientDirectory recipients, ReactionSteps steps) {
        this.memory = memory;
        this.recipients = recipients;
        this.steps = steps;
    }

    /**
     * Gives each rule whose gates are open its customers, until there is a page of them, or until an event is left to a walk: the
     * next may have to wait for it. Later triggers are left out.
     */
    Uni<List<TriggerEvaluation>> address(Tx tx, List<TriggerEvaluation> batch) {
        var addressed = new ArrayList<TriggerEvaluation>(batch.size());
        return address(tx, batch.iterator(), 0, addressed).replaceWith(addressed);
    }

    private Uni<Void> address(
            Tx tx, Iterator<TriggerEvaluation> batch, long customers, List<TriggerEvaluation> addressed) {
        if (!batch.hasNext() || customers >= PAGE) {
            return Uni.createFrom().voidItem();
        }
        var one = batch.next();
        return address(tx, one, one.evaluations().iterator()).chain(() -> {
            addressed.add(one.upToCursor());
            return one.cursor() == null
                    ? address(tx, batch, customers + one.candidates().count(), addressed)
                    : Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> address(Tx tx, TriggerEvaluation trigger, Iterator<RuleEvaluation> evaluations) {
        while (evaluations.hasNext()) {
            var evaluation = evaluations.next();
            if (trigger.trigger() instanceof Trigger.TimerDue due) {
                evaluation.address(due, trigger.items());
            } else if (evaluation.refusal() == null && trigger.candidates().count() >= PAGE) {
                evaluation.leave();
                return Uni.createFrom().voidItem();
            } else if (evaluation.refusal() == null) {
                return page(tx, evaluation)
                        .invoke(evaluation::address)
                        .chain(() -> evaluation.cursor() == null
                                ? address(tx, trigger, evaluations)
                                : Uni.createFrom().voidItem());
            }
        }
        return Uni.createFrom().voidItem();
    }

    /** At most one page of the rule's audience, after the customer with whom the last page ended. */
    private Uni<List<String>> page(Tx tx, RuleEvaluation evaluation) {
        var audience = evaluation.audience();
        var after = evaluation.after();
        if (audience instanceof Audience.Cart cart) {
            steps.recalled(evaluation.tenant(), "carts with " + cart.productId());
            return memory.having(tx, holders(evaluation, Memory.CART, cart.productId()), after, PAGE);
        }
        if (audience instanceof Audience.Wishlist wishlist) {
            steps.recalled(evaluation.tenant(), "wishlists with " + wishlist.productId());
            return memory.having(tx, holders(evaluation, Memory.WISHLIST, wishlist.productId()), after, PAGE);
        }
        if (audience instanceof Audience.Segment segment) {
            steps.recalled(evaluation.tenant(), "segment " + segment.name());
            return recipients.segment(
                    tx, evaluation.tenant(), new AsOf<>(segment.name(), evaluation.asOf()), after, PAGE);
        }
        return Uni.createFrom()
                .item(named(audience).stream()
                        .sorted()
                        .distinct()
                        .filter(id -> id.compareTo(after) > 0)
                        .limit(PAGE)
                        .toList());
    }

    /** Whether a rule's audience includes one customer. */
    Uni<Boolean> includes(Tx tx, RuleEvaluation evaluation, String customerId) {
        var audience = evaluation.audience();
        if (audience instanceof Audience.Cart cart) {
            return memory.has(tx, holders(evaluation, Memory.CART, cart.productId()), customerId);
        }
        if (audience instanceof Audience.Wishlist wishlist) {
            return memory.has(tx, holders(evaluation, Memory.WISHLIST, wishlist.productId()), customerId);
        }
        if (audience instanceof Audience.Segment segment) {
            return recipients.inSegment(
                    tx, evaluation.tenant(), new AsOf<>(segment.name(), evaluation.asOf()), customerId);
        }
        return Uni.createFrom().item(named(audience).contains(customerId));
    }

    private static AsOf<HolderKey> holders(RuleEvaluation evaluation, String relation, String object) {
        return new AsOf<>(new HolderKey(evaluation.tenant(), relation, object), evaluation.asOf());
    }

    private static List<String> named(Audience audience) {
        if (audience instanceof Audience.Subject subject) {
            return List.of(subject.customerId());
        }
        return audience instanceof Audience.Customers customers ? customers.customerIds() : List.of();
    }
}
