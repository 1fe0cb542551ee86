package dev.carillon.platform.http;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemSender;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks each request by its head: it refuses invalid or unacceptable ones before credentials are looked up and a body
 * is read.
 */
@ApplicationScoped
class Heads {

    /** Before credentials (200). */
    private static final int BEFORE_SECURITY = 300;
    /** With other methods a body has no meaning. */
    private static final Set<HttpMethod> NAMES_ITS_TYPE = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final BodyLimits limits;
    private final List<HeadRule> rules;
    private final ProblemSender sender;

    Heads(BodyLimits limits, @All List<HeadRule> rules, ProblemSender sender) {
        this.limits = limits;
        this.rules = rules;
        this.sender = sender;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::judge, BEFORE_SECURITY);
    }

    private void judge(RoutingContext context) {
        forgetBlankType(context.request());
        var refusal = refusal(context.request());
        if (refusal == null) {
            context.next();
        } else {
            sender.send(context, refusal);
        }
    }

    /** Treats a blank header as missing. */
    private static void forgetBlankType(HttpServerRequest request) {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.isBlank()) {
            request.headers().remove(HttpHeaders.CONTENT_TYPE);
        }
    }

    private @Nullable Problem refusal(HttpServerRequest request) {
        return Stream.<@Nullable Problem>of(host(request), PathCheck.refusal(request.uri()))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> rules.stream()
                        .map(rule -> rule.refusal(request.method().name(), request.path()))
                        .filter(Objects::nonNull)
                        .findFirst())
                .orElseGet(() -> body(request));
    }

    private static @Nullable Problem host(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_1_1) {
            return null;
        }
        var hosts = request.headers().getAll(HttpHeaders.HOST);
        return hosts.size() == 1 && request.authority() != null ? null : HeadProblems.OF_THE_HOST;
    }

    private @Nullable Problem body(HttpServerRequest request) {
        if (!Bodies.isSent(request)) {
            return null;
        }
        var limit = limits.of(request.path());
        var transfer = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (Bodies.declared(request) > limit) {
            return Bodies.tooLarge(limit);
        }
        if (transfer != null && !transfer.equalsIgnoreCase("chunked")) {
            return bad("A body may be sent chunked, with no other Transfer-Encoding");
        }
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Problem.compressed();
        }
        return request.getHeader(HttpHeaders.CONTENT_TYPE) == null && namesItsType(request)
                ? Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "A body needs a Content-Type")
                : null;
    }

    /** Links in mails are followed by anything, and take whatever it sends. */
    private static boolean namesItsType(HttpServerRequest request) {
        return NAMES_ITS_TYPE.contains(request.method())
                && (request.path().startsWith("/api/") || request.path().equals("/notify"));
    }

    private static Problem bad(String why) {
        return Problem.of(ProblemType.BAD_REQUEST, why);
    }
}
