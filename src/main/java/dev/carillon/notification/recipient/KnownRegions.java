package dev.carillon.notification.recipient;

import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Customers' countries, as far as known. Used for national phone numbers without a country. For one request and one
 * thread.
 */
public final class KnownRegions {

    private final Map<RecipientKey, Optional<String>> known;
    private final Set<RecipientKey> missing = new LinkedHashSet<>();

    private KnownRegions(Map<RecipientKey, Optional<String>> known) {
        this.known = new HashMap<>(known);
    }

    /** The regions of these customers; customers without data have none. */
    static KnownRegions of(Set<RecipientKey> asked, Map<RecipientKey, Recipient> found) {
        var known = new HashMap<RecipientKey, Optional<String>>();
        asked.forEach(key -> known.put(key, Optional.ofNullable(found.get(key)).flatMap(Region::of)));
        return new KnownRegions(known);
    }

    /** Before anybody is looked up. */
    public static KnownRegions none() {
        return new KnownRegions(Map.of());
    }

    /**
     * Reads something that may depend on where customers are. Only where it does they are looked up, all of them at once, and it is read again.
     *
     * @param reading has no effect but its result: it may be done twice
     */
    public static <T> Uni<T> reading(
            Function<KnownRegions, T> reading, Function<Set<RecipientKey>, Uni<KnownRegions>> lookUp) {
        var none = none();
        var read = reading.apply(none);
        return none.missing.isEmpty()
                ? Uni.createFrom().item(read)
                : lookUp.apply(none.missing).map(reading);
    }

    /** Empty for a customer whose country is unknown, and for one who has not been looked up yet. */
    public Optional<String> of(RecipientKey customer) {
        var region = known.get(customer);
        if (region == null) {
            missing.add(customer);
            return Optional.empty();
        }
        return region;
    }

    /** Updates the region for what follows: a country at once, a language only if nothing was known before. */
    public void heard(RecipientKey customer, Map<String, ? extends @Nullable Object> said) {
        var region = Region.in(said);
        if (region.isPresent()
                && (said.get("country") instanceof String || Optional.empty().equals(known.get(customer)))) {
            known.put(customer, region);
        }
    }
}
