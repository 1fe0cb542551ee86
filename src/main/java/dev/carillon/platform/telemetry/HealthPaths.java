package dev.carillon.platform.telemetry;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * {@code /healthz/live} and {@code /healthz/ready}: the same answers as under {@code /q/health}, where orchestrators expect them. With a
 * management interface both are there, and not where everybody comes.
 */
@ApplicationScoped
class HealthPaths {

    void route(@Observes Router router) {
        add(router);
    }

    void route(@Observes ManagementInterface management) {
        add(management.router());
    }

    private static void add(Router router) {
        router.route("/healthz/live").handler(context -> context.reroute("/q/health/live"));
        router.route("/healthz/ready").handler(context -> context.reroute("/q/health/ready"));
    }
}
