package dev.carillon.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.carillon.platform.sql.PgOutage;
import io.vertx.core.VertxException;
import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/**
 * A failure as the log may have it. What PostgreSQL and Jackson say can quote the caller's values, and who wraps it quotes
 * it again: of these links only the class, the SQLSTATE and the trace are kept.
 */
final class FailureLog extends RuntimeException {

    private FailureLog(String said, @Nullable Throwable cause, StackTraceElement[] trace) {
        super(said, cause, false, true);
        setStackTrace(trace);
    }

    static Throwable of(Throwable failure) {
        if (Diagnosis.chain(failure).noneMatch(FailureLog::quotes)) {
            return failure;
        }
        return new FailureLog(named(failure), failure.getCause() == null ? null : of(failure.getCause()), failure.getStackTrace());
    }

    /** The class of the innermost cause, and the SQLSTATE where there is one: enough for one line. */
    static String inShort(Throwable failure) {
        return Diagnosis.chain(failure).reduce((outer, inner) -> inner).map(FailureLog::named).orElseThrow();
    }

    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }

    private static boolean quotes(Throwable link) {
        return PgOutage.sqlState(link) != null || link instanceof SQLException || link instanceof JsonProcessingException
                || link instanceof VertxException;
    }

    private static String named(Throwable link) {
        var state = PgOutage.sqlState(link);
        return link.getClass().getName() + (state == null ? "" : " sqlstate=" + state);
    }
}
