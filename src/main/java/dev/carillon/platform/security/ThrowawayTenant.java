package dev.carillon.platform.security;

import dev.carillon.platform.id.Ids;
import java.util.Locale;

/**
 * A tenant for one demo run. Its name marks it as one, on every replica and after every restart. No other tenant can
 * have such a name, because theirs hold no capitals.
 */
public final class ThrowawayTenant {

    private static final String PREFIX = "demo-";

    private ThrowawayTenant() {}

    /** @param id a ULID */
    public static String name(String id) {
        return PREFIX + id;
    }

    /** Whether this is the name of a demo tenant, whose messages must not reach anybody. */
    public static boolean is(String tenant) {
        return tenant.startsWith(PREFIX) && isId(tenant.substring(PREFIX.length()));
    }

    private static boolean isId(String rest) {
        return Ids.isId(rest) && rest.equals(rest.toUpperCase(Locale.ROOT));
    }
}
