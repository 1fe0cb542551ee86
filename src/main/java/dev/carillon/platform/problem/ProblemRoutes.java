package dev.carillon.platform.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Problems for what never reaches a REST endpoint: paths nobody serves, bodies too large, failures while a key is checked. */
@ApplicationScoped
class ProblemRoutes {

    /** After credentials (200) and permissions (100), before the framework answers too large a body with an empty 413. */
    private static final int AFTER_SECURITY = 50;

    private final ProblemSender sender;
    private final long limit;

    ProblemRoutes(ProblemSender sender, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.sender = sender;
        this.limit = limit.asLongValue();
    }

    void filter(@Observes Filters filters) {
        filters.register(this::refuseTooLarge, AFTER_SECURITY);
        filters.register(ProblemRoutes::letProblemsBeAccepted, AFTER_SECURITY);
    }

    void route(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_BODY_HANDLER + 1).failureHandler(this::failed);
        router.route().order(Integer.MAX_VALUE - 1).handler(context -> sender.send(context, Diagnosis.ofStatus(404)));
    }

    /** Generated clients accept what an operation may answer with: where that is nothing, or a problem, no answer of ours is refused by it. */
    private static void letProblemsBeAccepted(RoutingContext context) {
        if (Problem.MEDIA_TYPE.equalsIgnoreCase(context.request().getHeader(HttpHeaders.ACCEPT))) {
            context.request().headers().set(HttpHeaders.ACCEPT, "*/*");
        }
        context.next();
    }

    /** A chunked body does not say its length: it is cut off where it passes the limit, with the status alone. */
    private void refuseTooLarge(RoutingContext context) {
        if (declaredLength(context) > limit) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            sender.send(context, tooLarge());
        } else {
            context.next();
        }
    }

    private static long declaredLength(RoutingContext context) {
        var length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private void failed(RoutingContext context) {
        if (context.response().ended()) {
            return;
        }
        var failure = context.failure();
        if (failure == null) {
            sender.send(context, context.statusCode() == 413 ? tooLarge() : Diagnosis.ofStatus(context.statusCode()));
        } else {
            var problem = Diagnosis.of(failure);
            FailureLog.write(problem, failure, "none");
            sender.send(context, problem);
        }
    }

    private Problem tooLarge() {
        return Problem.of(ProblemType.TOO_LARGE, "A body may have at most " + limit + " bytes").with("limit", limit);
    }
}
