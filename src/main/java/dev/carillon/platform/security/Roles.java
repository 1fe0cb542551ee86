package dev.carillon.platform.security;

import java.util.Set;

/** The roles of callers. */
public final class Roles {

    /** Keys, rules, templates; and everything the others may. */
    public static final String ADMIN = "admin";
    /** Publishes events. */
    public static final String PUBLISHER = "publisher";
    /** Submits notifications, keeps customers and preferences. */
    public static final String SENDER = "sender";
    /** Reads. */
    public static final String READER = "reader";

    /** Reads the metrics, and nothing else. */
    public static final String METRICS = "metrics";

    public static final Set<String> ALL = Set.of(ADMIN, PUBLISHER, SENDER, READER, METRICS);

    private Roles() {}
}
