package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.eventsourced.rule.Audience;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Finds the customers behind an audience, a page at a time. */
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
    Uni<List<String>> page(Tx tx, Hearing hearing) {
        var audience = hearing.rule().audienceOf(hearing.event());
        if (audience instanceof Audience.Cart cart) {
            voice.recalled(hearing.tenant(), "carts with " + cart.productId());
            return memory.having(tx, hearing.tenant(), Memory.CART, cart.productId(), hearing.after(), PAGE);
        }
        if (audience instanceof Audience.Wishlist wishlist) {
            voice.recalled(hearing.tenant(), "wishlists with " + wishlist.productId());
            return memory.having(tx, hearing.tenant(), Memory.WISHLIST, wishlist.productId(), hearing.after(), PAGE);
        }
        if (audience instanceof Audience.Segment segment) {
            voice.recalled(hearing.tenant(), "segment " + segment.name());
            return recipients.segment(tx, hearing.tenant(), segment.name(), hearing.after(), PAGE);
        }
        return Uni.createFrom().item(named(audience).stream().sorted().filter(id -> id.compareTo(hearing.after()) > 0).limit(PAGE).toList());
    }

    private static List<String> named(Audience audience) {
        if (audience instanceof Audience.Subject subject) {
            return List.of(subject.customerId());
        }
        return audience instanceof Audience.Customers customers ? customers.customerIds() : List.of();
    }
}
