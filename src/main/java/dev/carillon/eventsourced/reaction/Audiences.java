package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.memory.Memory.Held;
import dev.carillon.eventsourced.rule.Audience;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.latest.AsOf;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Finds the customers behind an audience as it stood at the occasion, a page at a time. */
@ApplicationScoped
class Audiences {

    /** How many customers one page holds: a larger audience is walked in as many transactions as it has pages. */
    static final int PAGE = 500;

    private final Memory memory;
    private final RecipientDirectory recipients;
    private final Voice voice;

    Audiences(Memory memory, RecipientDirectory recipients, Voice voice) {
        this.memory = memory;
        this.recipients = recipients;
        this.voice = voice;
    }

    /** The customers of the hearing's audience after where it was left, at most a page. */
    Uni<List<String>> page(Tx tx, Hearing hearing, Audience audience) {
        var after = hearing.after();
        if (audience instanceof Audience.Cart cart) {
            voice.recalled(hearing.tenant(), "carts with " + cart.productId());
            return memory.having(tx, held(hearing, Memory.CART, cart.productId()), after, PAGE);
        }
        if (audience instanceof Audience.Wishlist wishlist) {
            voice.recalled(hearing.tenant(), "wishlists with " + wishlist.productId());
            return memory.having(tx, held(hearing, Memory.WISHLIST, wishlist.productId()), after, PAGE);
        }
        if (audience instanceof Audience.Segment segment) {
            voice.recalled(hearing.tenant(), "segment " + segment.name());
            return recipients.segment(tx, hearing.tenant(), new AsOf<>(segment.name(), hearing.asOf()), after, PAGE);
        }
        return Uni.createFrom().item(named(audience).stream().sorted().distinct().filter(id -> id.compareTo(after) > 0).limit(PAGE).toList());
    }

    /** Whether one customer is in it. */
    Uni<Boolean> includes(Tx tx, Hearing hearing, Audience audience, String customerId) {
        if (audience instanceof Audience.Cart cart) {
            return memory.has(tx, held(hearing, Memory.CART, cart.productId()), customerId);
        }
        if (audience instanceof Audience.Wishlist wishlist) {
            return memory.has(tx, held(hearing, Memory.WISHLIST, wishlist.productId()), customerId);
        }
        if (audience instanceof Audience.Segment segment) {
            return recipients.inSegment(tx, hearing.tenant(), new AsOf<>(segment.name(), hearing.asOf()), customerId);
        }
        return Uni.createFrom().item(named(audience).contains(customerId));
    }

    private static AsOf<Held> held(Hearing hearing, String relation, String object) {
        return new AsOf<>(new Held(hearing.tenant(), relation, object), hearing.asOf());
    }

    private static List<String> named(Audience audience) {
        if (audience instanceof Audience.Subject subject) {
            return List.of(subject.customerId());
        }
        return audience instanceof Audience.Customers customers ? customers.customerIds() : List.of();
    }
}
