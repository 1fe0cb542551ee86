package dev.carillon.platform.security;

import dev.carillon.platform.id.Ids;
import java.util.Locale;

/**
 * A tenant that lives as long as one demo run. Its name says what it is, on every replica and after every restart; nobody else can have such
 * a one, for the names of other tenants hold no capitals.
 */
public final class ThrowawayTenant {

    private static final String PREFIX = "demo-";

    private ThrowawayTenant() {}

    /** @param id a ULID */
    public static String name(String id) {
        return PREFIX + id;
    }

    /** Whether this is the name of one: what is told in it must not reach anybody. */
    public static boolean is(String tenant) {
        return tenant.startsWith(PREFIX) && isId(tenant.substring(PREFIX.length()));
    }

    private static boolean isId(String rest) {
        return Ids.isId(rest) && rest.equals(rest.toUpperCase(Locale.ROOT));
    }
}
