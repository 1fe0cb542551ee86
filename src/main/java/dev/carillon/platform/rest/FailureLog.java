package dev.carillon.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.value.Causes;
import io.quarkus.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failure safe to log. Messages of PostgreSQL and Jackson can quote the caller's values, and so can exceptions
 * that wrap them: only the class, the SQLSTATE and the trace of these are kept.
 */
public final class FailureLog extends RuntimeException {

    private FailureLog(String said, @Nullable Throwable cause, StackTraceElement[] trace) {
        super(said, cause, false, true);
        setStackTrace(trace);
    }

    /** What to log instead of {@code failure}: itself, unless it could quote a caller's values. */
    public static Throwable of(Throwable failure) {
        if (Causes.of(failure).noneMatch(FailureLog::quotes)) {
            return failure;
        }
        return new FailureLog(
                named(failure), failure.getCause() == null ? null : of(failure.getCause()), failure.getStackTrace());
    }

    /** Logs only our own failures: a bug with its trace, a database failure in one line. */
    static void write(Problem problem, Throwable failure, String endpoint) {
        if (problem.status() == 500) {
            Log.errorf(of(failure), "request failed; the caller got a 500: endpoint=%s", endpoint);
        } else if (problem.type().equals(ProblemType.UNAVAILABLE.uri())) {
            Log.warnf(
                    "the database is unavailable; the caller got a 503: endpoint=%s failure=%s",
                    endpoint, inShort(failure));
        }
    }

    /** The class of the innermost cause, and the SQLSTATE where there is one: enough for one line. */
    static String inShort(Throwable failure) {
        return Causes.of(failure)
                .reduce((outer, inner) -> inner)
                .map(FailureLog::named)
                .orElseThrow();
    }

    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }

    private static boolean quotes(Throwable link) {
        return PgFailures.isStatementFailure(link) || link instanceof JsonProcessingException;
    }

    private static String named(Throwable link) {
        var state = PgFailures.sqlState(link);
        return link.getClass().getName() + (state == null ? "" : " sqlstate=" + state);
    }
}
