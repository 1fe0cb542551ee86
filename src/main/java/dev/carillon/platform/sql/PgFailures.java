package dev.carillon.platform.sql;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Set;

/** Reads a failure: was the data refused, is the database away, and what of it may be logged. */
public final class PgFailures {

    /** Too many connections; shut down by an administrator, by a crash, or still starting; a standby after a failover. */
    private static final Set<String> STATES = Set.of("53300", "57P01", "57P02", "57P03", "25006");

    private PgFailures() {
    }

    /**
     * A failure as one may log it: {@code PgException 40P01}, {@code ConnectException}. Class and SQLSTATE of the first
     * cause, because wrappers say little, and no message, because PostgreSQL's messages may quote a row's values.
     */
    public static String nameOf(Throwable failure) {
        var first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        var state = sqlState(first);
        return first.getClass().getSimpleName() + (state == null ? "" : " " + state);
    }

    /** Whether the data itself was refused (class 22 or 23): the same batch without the culprit would pass. */
    public static boolean liesInTheData(Throwable failure) {
        var state = sqlState(failure);
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** Whether the same statement may pass later, when the database is back. */
    public static boolean isOutage(Throwable failure) {
        var state = sqlState(failure);
        return state != null ? state.startsWith("08") || STATES.contains(state)
                : failure instanceof ConnectException || failure instanceof UnknownHostException
                        || failure instanceof ClosedConnectionException || failure instanceof ClosedChannelException
                        || isPoolTimeout(failure);
    }

    /** Whether it came from the database, in whose messages values of the statement may be quoted. */
    public static boolean isStatementFailure(Throwable failure) {
        return failure instanceof PgException || failure instanceof SQLException;
    }

    /** Null for what is no failure of a statement. */
    public static @Nullable String sqlState(Throwable failure) {
        if (failure instanceof PgException refused) {
            return refused.getSqlState();
        }
        return failure instanceof SQLException refused ? refused.getSQLState() : null;
    }

    /** The pool has no type of its own for "no connection became free in time". */
    private static boolean isPoolTimeout(Throwable failure) {
        return failure.getClass().getName().startsWith("io.vertx.core.") && "Timeout".equals(failure.getMessage());
    }
}
