package dev.carillon.platform.telemetry;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Serves {@code /healthz/live} and {@code /healthz/ready} where orchestrators expect them, with the answers of {@code
 * /q/health}. With a management interface both are there, and not on the public port.
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
