package dev.carillon.platform.limit;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.sql.PgFailures;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Answers callers over their rate limit with 429, and reports the remaining quota ({@code RateLimit}, {@code
 * RateLimit-Policy}, as in the IETF draft). Off unless a rate is set.
 */
@ApplicationScoped
class CallerLimit {

    static final String LIMIT = "RateLimit";
    static final String POLICY = "RateLimit-Policy";

    private final Optional<Rate> rate;
    private final TokenBuckets buckets;
    private final Map<String, TokenBucket> callers = new ConcurrentHashMap<>();

    CallerLimit(CallerLimitSettings settings, TokenBuckets buckets) {
        this.rate = settings.perSecond()
                .map(perSecond -> new Rate(
                        perSecond,
                        settings.burst().orElseGet(() -> Rate.of(perSecond).burst())));
        this.buckets = buckets;
    }

    /**
     * Null lets the request pass: always on endpoints without authentication, and when the database is away, because
     * the request will find that out itself.
     */
    @ServerRequestFilter
    @Nullable
    Uni<Response> limit(ContainerRequestContext request) {
        var caller = rate.isEmpty() ? null : request.getSecurityContext().getUserPrincipal();
        if (caller == null) {
            return null;
        }
        var bucket = callers.computeIfAbsent(caller.getName(), id -> buckets.open("caller/" + id, rate.get()));
        request.setProperty(LIMIT, bucket);
        if (bucket.take()) {
            return null;
        }
        return bucket.refill()
                .map(refilled -> bucket.take()
                        ? null
                        : refused(bucket, request.getUriInfo().getPath()))
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "caller's rate could not be read; the request is let through: cause=%s",
                        PgFailures.nameOf(failure)))
                .onFailure()
                .recoverWithNull();
    }

    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(LIMIT) instanceof TokenBucket bucket) {
            var all = bucket.rate();
            response.getHeaders()
                    .putSingle(
                            POLICY,
                            "\"caller\";q=" + all.burst() + ";w="
                                    + Math.max(1, (long) Math.ceil(all.burst() / all.perSecond())));
            response.getHeaders().putSingle(LIMIT, "\"caller\";r=" + bucket.remaining() + ";t=" + seconds(bucket));
        }
    }

    private static Response refused(TokenBucket bucket, String path) {
        var problem = Problem.tooMany(
                        "These credentials may call " + bucket.rate().perSecond() + " times a second",
                        bucket.emptyFor())
                .at(path);
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, Math.max(1, seconds(bucket)))
                .entity(problem)
                .build();
    }

    private static long seconds(TokenBucket bucket) {
        return (bucket.emptyFor().toMillis() + 999) / 1000;
    }
}
