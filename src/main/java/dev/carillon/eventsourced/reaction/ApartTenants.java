package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.RuleBook;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The throwaway tenants that this process answers apart, under an address of their own, and their rules where they have
 * any. No other process knows the address, so none answers them by other rules.
 */
@ApplicationScoped
class ApartTenants {

    private final Map<String, Optional<RuleBook>> books = new ConcurrentHashMap<>();

    static String address(String tenant) {
        return "apart." + tenant;
    }

    /** @param book null for the rules in force */
    void put(String tenant, @Nullable RuleBook book) {
        books.put(tenant, Optional.ofNullable(book));
    }

    void remove(String tenant) {
        books.remove(tenant);
    }

    boolean has(String tenant) {
        return !books.isEmpty() && books.containsKey(tenant);
    }

    /** Null if it has none of its own. */
    @Nullable
    RuleBook book(String tenant) {
        return books.isEmpty()
                ? null
                : books.getOrDefault(tenant, Optional.empty()).orElse(null);
    }
}
