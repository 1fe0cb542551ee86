package dev.carillon.platform.rest;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Answers with problems outside of REST endpoints: unknown paths, failures while a key is checked. */
@ApplicationScoped
class ProblemRoutes {

    /** After credentials (200) and permissions (100). */
    private static final int AFTER_SECURITY = 50;

    private final ProblemSender sender;
    private final Forbidden forbidden;

    ProblemRoutes(ProblemSender sender, Forbidden forbidden) {
        this.sender = sender;
        this.forbidden = forbidden;
    }

    void filter(@Observes Filters filters) {
        filters.register(ProblemRoutes::letProblemsBeAccepted, AFTER_SECURITY);
    }

    void route(@Observes Router router) {
        complete(router);
    }

    /** Metrics and health have a port of their own where the build says so. */
    void route(@Observes ManagementInterface management) {
        complete(management.router());
    }

    private void complete(Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_BODY_HANDLER + 1).failureHandler(this::failed);
        router.errorHandler(
                400,
                context -> sender.send(context, Diagnosis.ofStatus(400))); // a Host that is none: no route is asked
        router.route().order(Integer.MAX_VALUE - 1).handler(context -> sender.send(context, Diagnosis.ofStatus(404)));
    }

    /** Generated clients accept what an operation may answer with: where that is nothing, or a problem, no answer of ours is refused by it. */
    private static void letProblemsBeAccepted(RoutingContext context) {
        if (Problem.MEDIA_TYPE.equalsIgnoreCase(context.request().getHeader(HttpHeaders.ACCEPT))) {
            context.request().headers().set(HttpHeaders.ACCEPT, "*/*");
        }
        context.next();
    }

    private void failed(RoutingContext context) {
        if (context.response().ended()) {
            return;
        }
        var failure = context.failure();
        if (failure == null) {
            refuse(context, Diagnosis.ofStatus(context.statusCode()));
            return;
        }
        var problem = Diagnosis.of(failure);
        if (problem.status() == 500 && context.statusCode() >= 400 && context.statusCode() < 500) {
            problem = Diagnosis.ofStatus(
                    context.statusCode()); // the router's own refusal, such as of a Host that is none
        }
        FailureLog.write(problem, failure, "none");
        if (failure instanceof ProblemException) {
            sender.send(context, problem); // says itself what was wrong
        } else {
            refuse(context, problem);
        }
    }

    private void refuse(RoutingContext context, Problem problem) {
        if (problem.status() == 403) {
            forbidden
                    .at(context)
                    .subscribe()
                    .with(named -> sender.send(context, named), unnamed -> sender.send(context, Diagnosis.forbidden()));
        } else {
            sender.send(context, problem);
        }
    }
}
