package dev.carillon.notification.recipient;

import dev.carillon.notification.recipient.CustomerQuery.SearchedBy;
import dev.carillon.notification.recipient.PgCustomerSearch.FoundBy;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds customers by the beginning of their id, of an address, or of the words of their name. */
@ApplicationScoped
public class CustomerSearch {

    private final PgCustomerSearch store;
    private final ContactCheck check;
    private final Transactions transactions;

    CustomerSearch(PgCustomerSearch store, ContactCheck check, Transactions transactions) {
        this.store = store;
        this.check = check;
        this.transactions = transactions;
    }

    /**
     * Those whose id begins so come first, in the order of their ids, then the others.
     *
     * @param text  null or empty for all
     * @param after {@code next} of the page before; null for the first
     */
    public Uni<CustomerPage> page(String tenant, @Nullable String text, @Nullable String after, int limit) {
        var sought = text == null ? "" : text;
        var query = CustomerQuery.of(
                sought,
                check.address("email", sought.strip()).canonical().orElse(null),
                check.address("sms", sought.strip()).canonical().orElse(null));
        var cursor = after == null
                ? new CustomerCursor(true, "", "")
                : CustomerCursor.parse(after).orElseThrow();
        return transactions.inTransaction(tx -> cursor.byId()
                ? store.byId(tx, tenant, query, cursor.id(), limit + 1)
                        .chain(found -> found.size() > limit
                                ? Uni.createFrom().item(full(List.of(), found, limit, cursor))
                                : others(tx, tenant, query, CustomerCursor.BEHIND_IDS, found, limit))
                : others(tx, tenant, query, cursor, List.of(), limit));
    }

    /** Whether a text is what a page gave as {@code next}. */
    public boolean isCursor(String text) {
        return CustomerCursor.parse(text).isPresent();
    }

    private Uni<CustomerPage> others(
            Tx tx, String tenant, CustomerQuery query, CustomerCursor after, List<FoundBy> before, int limit) {
        if (query.kind() == SearchedBy.NOTHING || query.keys().isEmpty()) {
            return Uni.createFrom().item(full(before, List.of(), limit, after));
        }
        var left = limit - before.size();
        if (query.kind() != SearchedBy.NAME) {
            return store.byAddress(tx, tenant, query, after, left + 1).map(found -> full(before, found, limit, after));
        }
        return store.byName(tx, tenant, query, after, left + 1).map(found -> {
            var page = full(before, found.hits(), limit, after);
            return page.next() != null || found.end() == null
                    ? page
                    : new CustomerPage(page.customers(), found.end().text());
        });
    }

    /**
     * A page with as many as it holds.
     *
     * @param found one more than there is room for where there is a next page
     * @param after where these begin
     */
    private static CustomerPage full(List<FoundBy> before, List<FoundBy> found, int limit, CustomerCursor after) {
        var left = limit - before.size();
        var page = new ArrayList<FoundCustomer>();
        before.forEach(one -> page.add(one.customer()));
        found.stream().limit(left).forEach(one -> page.add(one.customer()));
        var end = left == 0 ? after : found.size() > left ? found.get(left - 1).cursor() : null;
        return new CustomerPage(List.copyOf(page), found.size() <= left || end == null ? null : end.text());
    }
}
