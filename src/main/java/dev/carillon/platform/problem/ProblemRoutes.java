package dev.carillon.platform.problem;

import io.quarkus.logging.Log;
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
    private final MemorySize limit;

    ProblemRoutes(ProblemSender sender, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.sender = sender;
        this.limit = limit;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::refuseTooLarge, AFTER_SECURITY);
    }

    void route(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_BODY_HANDLER + 1).failureHandler(this::failed);
        router.route().order(Integer.MAX_VALUE - 1).handler(context -> sender.send(context, Diagnosis.ofStatus(404)));
    }

    private void refuseTooLarge(RoutingContext context) {
        if (declaredLength(context) > limit.asLongValue()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            sender.send(context, tooLarge());
        } else {
            context.next();
        }
    }

    private Problem tooLarge() {
        return Problem.of(ProblemType.TOO_LARGE, "A body may have at most " + limit.asLongValue() + " bytes").with("limit", limit.asLongValue());
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
        var problem = context.statusCode() == 413 ? tooLarge()
                : failure == null || context.statusCode() >= 400 && context.statusCode() != 500 ? Diagnosis.ofStatus(context.statusCode())
                : Diagnosis.of(failure);
        if (failure != null && problem.status() == 500) {
            Log.error("request failed before it reached an endpoint; the caller got a 500", FailureLog.of(failure));
        } else if (failure != null && problem.type().equals(ProblemType.UNAVAILABLE.uri())) {
            Log.warnf("database away; the caller got a 503: endpoint=none failure=%s", FailureLog.inShort(failure));
        }
        sender.send(context, problem);
    }
}
