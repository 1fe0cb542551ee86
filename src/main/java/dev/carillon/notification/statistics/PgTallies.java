package dev.carillon.notification.statistics;

/** The SQL that counts notifications in the statement that writes them. */
public final class PgTallies {

    /** Counts the rows of {@code decided}: each in the hour of its notification. */
    public static final String COUNT_DECIDED = """
            insert into tally (tenant, hour, type, channel, provider, status, reason, count)
            select tenant, date_trunc('hour', created_at, 'UTC'), type, '', '',
                   case when reason is null then 'accepted' else 'suppressed' end, coalesce(reason, ''), count(*)
            from decided group by 1, 2, 3, 6, 7""";

    private PgTallies() {}
}
