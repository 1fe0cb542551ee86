package dev.carillon.platform.sql;

import dev.carillon.platform.value.Causes;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Classifies a database failure: was the data refused, is the database unavailable, and what may be logged. */
public final class PgFailures {

    /**
     * Classes of states that say nothing about the statement: connection, authorisation, no such database, transaction rolled back
     * (deadlock, serialisation), resources (disk, memory, connections), operator's intervention (time limit, shutdown, crash, starting),
     * system error.
     */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "28", "3D", "40", "53", "57", "58");

    /** A lock that was not had in time; an object in use; a standby, or a database set to read only; a session that idled too long. */
    private static final Set<String> PASSING = Set.of("55P03", "55006", "25006", "25P03", "25P04");

    /** Deferred constraints are checked at the commit. Such a failure is about the data. */
    private static final String INTEGRITY = "40002";

    private static final Set<String> CANNOT_WRITE = Set.of("53100", "25006", "58030");
    private static final String TIMED_OUT = "57014";

    /** How messages of the client begin when it could not ask. */
    private static final Set<String> CONNECTION_IS_GONE =
            Set.of("Timeout", "Connection is not active now", "Pending requests failed to be sent");

    /** As the system words what has happened to a connection; the exception is no more than an {@code IOException} then. */
    private static final Set<String> CONNECTION_IS_BROKEN = Set.of(
            "Broken pipe",
            "Connection reset by peer",
            "Connection timed out",
            "No route to host",
            "Connection refused");

    private PgFailures() {}

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

    /** Whether the data itself was refused (class 22 or 23, or 54 where it exceeds a limit such as that of an index row): the same batch without the culprit would pass. */
    public static boolean liesInTheData(Throwable failure) {
        var state = sqlState(failure);
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }

    /** Whether the same statement may pass later, when the database can do it again. Looks at this link only, not at its causes. */
    public static boolean isOutage(Throwable failure) {
        var state = sqlState(failure);
        return state != null
                ? passes(state)
                : failure instanceof SocketException
                        || failure instanceof UnknownHostException
                        || failure instanceof ClosedConnectionException
                        || failure instanceof ClosedChannelException
                        || failure instanceof ConnectionPoolTooBusyException
                        || isOfTheConnection(failure)
                        || isBroken(failure);
    }

    /**
     * Like {@link #isOutage}, for the failure or its cause. A statement that ran too long may itself be to blame, and
     * does not count.
     */
    public static boolean comesOfAnOutage(Throwable failure) {
        return Causes.of(failure).anyMatch(link -> isOutage(link) && !TIMED_OUT.equals(sqlState(link)));
    }

    /** Whether a statement was cancelled because it ran longer than allowed. */
    public static boolean ranTooLong(Throwable failure) {
        return Causes.of(failure).anyMatch(link -> TIMED_OUT.equals(sqlState(link)));
    }

    /** Whether the database answers but cannot write: its disk is full or broken, or it is set to read only. */
    public static boolean saysItCannotWrite(Throwable failure) {
        return Causes.of(failure)
                .map(PgFailures::sqlState)
                .anyMatch(state -> state != null && CANNOT_WRITE.contains(state));
    }

    /** Whether it came from the database, whose messages may quote values of the statement. */
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

    private static boolean passes(String state) {
        return PASSING.contains(state)
                || state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)) && !state.equals(INTEGRITY);
    }

    /** Pool and connection have no types of their own for "no connection became free in time", "closed" and "closed meanwhile". */
    private static boolean isOfTheConnection(Throwable failure) {
        var said = String.valueOf(failure.getMessage());
        return failure.getClass().getName().startsWith("io.vertx.core.")
                && (said.contains("pool closed") || CONNECTION_IS_GONE.stream().anyMatch(said::startsWith));
    }

    private static boolean isBroken(Throwable failure) {
        return failure instanceof IOException && CONNECTION_IS_BROKEN.contains(String.valueOf(failure.getMessage()));
    }
}
