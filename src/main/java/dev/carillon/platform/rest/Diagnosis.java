package dev.carillon.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.carillon.platform.batch.Overloaded;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.value.Causes;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.io.CharConversionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps a failure to what the caller sees. No internals (class names, messages, traces) get out. */
public final class Diagnosis {

    /** Text that the database's encoding cannot hold, such as NUL: earlier checks should have refused it. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    private Diagnosis() {}

    /** The first link of the chain of causes that means something; {@link ProblemType#INTERNAL} when none does. */
    public static Problem of(Throwable failure) {
        return Causes.of(failure)
                .map(Diagnosis::known)
                .filter(problem -> problem != null)
                .findFirst()
                .orElseGet(() -> Causes.of(failure).anyMatch(WebApplicationException.class::isInstance)
                        ? ofStatus(status(failure))
                        : Problem.of(ProblemType.INTERNAL, "The failure is in our log; nothing was acknowledged"));
    }

    /** For a status that the HTTP layer chose. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> Problem.of(ProblemType.BAD_REQUEST, null);
            case 401 -> Problem.unauthenticated();
            case 403 -> forbidden();
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "No resource has this path");
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, null);
            case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "Answers are application/json");
            case 413 -> Problem.of(ProblemType.TOO_LARGE, null);
            case 415 ->
                Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "A body of this Content-Type is not understood here");
            case 503 -> unavailable();
            default ->
                status > 400 && status < 500
                        ? Problem.of(ProblemType.BAD_REQUEST, null).withStatus(status)
                        : Problem.of(ProblemType.INTERNAL, null);
        };
    }

    static Problem forbidden() {
        return Problem.of(ProblemType.FORBIDDEN, "The key's roles do not allow this operation");
    }

    private static Problem unavailable() {
        return Problem.of(ProblemType.UNAVAILABLE, "The database is unavailable; nothing was acknowledged, try again");
    }

    private static @Nullable Problem known(Throwable link) {
        if (link instanceof ProblemException refused) {
            return refused.problem();
        }
        if (link instanceof Overloaded) {
            return Problem.of(
                    ProblemType.OVERLOADED, "More requests are waiting than can be committed; try again in a second");
        }
        if (link instanceof JsonProcessingException json) {
            return JsonProblems.of(json);
        }
        if (link instanceof CharConversionException) {
            return Problem.of(ProblemType.MALFORMED_JSON, "The body is not UTF-8");
        }
        if (link instanceof ConstraintViolationException invalid) {
            return Problem.invalid(Violations.of(invalid));
        }
        if (link instanceof UnauthorizedException || link instanceof AuthenticationFailedException) {
            return Problem.unauthenticated();
        }
        if (link instanceof ForbiddenException) {
            return forbidden();
        }
        if (UNSTORABLE.contains(String.valueOf(PgFailures.sqlState(link)))) {
            return Problem.of(ProblemType.BAD_REQUEST, "A text holds a character that cannot be kept");
        }
        return PgFailures.isOutage(link) ? unavailable() : null;
    }

    /** Why work that outlives its request failed, such as {@code PgException 57014: a database statement took too long}. */
    public static String inWords(Throwable failure) {
        return PgFailures.nameOf(failure) + ": " + meaning(failure);
    }

    private static String meaning(Throwable failure) {
        if (Causes.of(failure).anyMatch(OutOfMemoryError.class::isInstance)) {
            return "not enough memory";
        }
        if (PgFailures.ranTooLong(failure)) {
            return "a database statement took too long";
        }
        return Causes.of(failure).anyMatch(PgFailures::isOutage)
                ? "the database was unavailable, try again"
                : "internal error, see the log";
    }

    private static int status(Throwable failure) {
        return Causes.of(failure)
                .filter(WebApplicationException.class::isInstance)
                .map(WebApplicationException.class::cast)
                .mapToInt(link -> link.getResponse().getStatus())
                .findFirst()
                .orElse(500);
    }
}
