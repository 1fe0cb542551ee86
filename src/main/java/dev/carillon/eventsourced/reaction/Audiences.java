package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.memory.Memory.HolderKey;
import dev.carillon.eventsourced.rule.Audience;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.lww.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Loads the customers of an audience as of the trigger, page by page. */
@ApplicationScoped
class Audiences {

    /** How many customers one page holds: a larger audience is walked in as many transactions as it has pages. */
    static final int PAGE = 500;

    private final Memory memory;
    private final RecipientDirectory recipients;
    private final DecisionMapper decisionMapper;

    Audiences(Memory memory, RecipientDirectory recipients, DecisionMapper decisionMapper) {
        this.memory = memory;
        this.recipients = recipients;
        this.decisionMapper = decisionMapper;
    }

    /** At most one page of the rule's audience, after the customer where the last page ended. */
    Uni<List<String>> page(Tx tx, RuleEvaluation ruleEvaluation, Audience audience) {
        var after = ruleEvaluation.after();
        if (audience instanceof Audience.Cart cart) {
            decisionMapper.recalled(ruleEvaluation.tenant(), "carts with " + cart.productId());
            return memory.having(tx, held(ruleEvaluation, Memory.CART, cart.productId()), after, PAGE);
        }
        if (audience instanceof Audience.Wishlist wishlist) {
            decisionMapper.recalled(ruleEvaluation.tenant(), "wishlists with " + wishlist.productId());
            return memory.having(tx, held(ruleEvaluation, Memory.WISHLIST, wishlist.productId()), after, PAGE);
        }
        if (audience instanceof Audience.Segment segment) {
            decisionMapper.recalled(ruleEvaluation.tenant(), "segment " + segment.name());
            return recipients.segment(
                    tx, ruleEvaluation.tenant(), new AsOf<>(segment.name(), ruleEvaluation.asOf()), after, PAGE);
        }
        return Uni.createFrom()
                .item(named(audience).stream()
                        .sorted()
                        .distinct()
                        .filter(id -> id.compareTo(after) > 0)
                        .limit(PAGE)
                        .toList());
    }

    /** Whether one customer is in it. */
    Uni<Boolean> includes(Tx tx, RuleEvaluation ruleEvaluation, Audience audience, String customerId) {
        if (audience instanceof Audience.Cart cart) {
            return memory.has(tx, held(ruleEvaluation, Memory.CART, cart.productId()), customerId);
        }
        if (audience instanceof Audience.Wishlist wishlist) {
            return memory.has(tx, held(ruleEvaluation, Memory.WISHLIST, wishlist.productId()), customerId);
        }
        if (audience instanceof Audience.Segment segment) {
            return recipients.inSegment(
                    tx, ruleEvaluation.tenant(), new AsOf<>(segment.name(), ruleEvaluation.asOf()), customerId);
        }
        return Uni.createFrom().item(named(audience).contains(customerId));
    }

    private static AsOf<HolderKey> held(RuleEvaluation ruleEvaluation, String relation, String object) {
        return new AsOf<>(new HolderKey(ruleEvaluation.tenant(), relation, object), ruleEvaluation.asOf());
    }

    private static List<String> named(Audience audience) {
        if (audience instanceof Audience.Subject subject) {
            return List.of(subject.customerId());
        }
        return audience instanceof Audience.Customers customers ? customers.customerIds() : List.of();
    }
}
