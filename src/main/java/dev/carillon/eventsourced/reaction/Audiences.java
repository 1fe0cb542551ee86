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
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        return new Addressing(tx, batch).goOn();
    }

    /** A batch on its way. Step by step, and not by recursion: there may be hundreds in a row about whom nothing is looked up. */
    private final class Addressing {

        private final Tx tx;
        private final Iterator<TriggerEvaluation> batch;
        private final List<TriggerEvaluation> addressed;
        private long customers;
        private @Nullable TriggerEvaluation current;
        private Iterator<RuleEvaluation> evaluations = Collections.emptyIterator();

        private Addressing(Tx tx, List<TriggerEvaluation> batch) {
            this.tx = tx;
            this.batch = batch.iterator();
            this.addressed = new ArrayList<>(batch.size());
        }

        private Uni<List<TriggerEvaluation>> goOn() {
            do {
                while (evaluations.hasNext()) {
                    var evaluation = evaluations.next();
                    var lookUp = address(Objects.requireNonNull(current), evaluation);
                    if (lookUp != null) {
                        return lookUp.chain(found -> {
                            took(evaluation, found);
                            return goOn();
                        });
                    }
                }
            } while (nextTrigger());
            return Uni.createFrom().item(addressed);
        }

        /** @return what has to be looked up for it; null when nothing has */
        private @Nullable Uni<List<String>> address(TriggerEvaluation trigger, RuleEvaluation evaluation) {
            if (trigger.trigger() instanceof Trigger.TimerDue due) {
                evaluation.address(due, trigger.items());
            } else if (evaluation.refusal() == null && trigger.candidates().count() >= PAGE) {
                evaluation.leave();
                evaluations = Collections.emptyIterator();
            } else if (evaluation.refusal() == null) {
                var lookUp = lookedUp(tx, evaluation);
                if (lookUp != null) {
                    return lookUp;
                }
                took(evaluation, known(evaluation));
            }
            return null;
        }

        private void took(RuleEvaluation evaluation, List<String> page) {
            evaluation.address(page);
            if (evaluation.cursor() != null) {
                evaluations = Collections.emptyIterator();
            }
        }

        /** Whether there is another one, after the one whose rules have their customers. */
        private boolean nextTrigger() {
            if (current != null) {
                addressed.add(current.upToCursor());
                if (current.cursor() != null) {
                    return false;
                }
                customers += current.candidates().count();
            }
            if (!batch.hasNext() || customers >= PAGE) {
                return false;
            }
            current = batch.next();
            evaluations = current.evaluations().iterator();
            return true;
        }
    }

    /** At most one page of the rule's audience, after the customer with whom the last page ended; null when nobody has to be looked up. */
    private @Nullable Uni<List<String>> lookedUp(Tx tx, RuleEvaluation evaluation) {
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
        return null;
    }

    private static List<String> known(RuleEvaluation evaluation) {
        return named(evaluation.audience()).stream()
                .sorted()
                .distinct()
                .filter(id -> id.compareTo(evaluation.after()) > 0)
                .limit(PAGE)
                .toList();
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
