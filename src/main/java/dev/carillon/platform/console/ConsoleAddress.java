package dev.carillon.platform.console;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

/** Says in development where the console is, as the last of what a start says. */
@ApplicationScoped
class ConsoleAddress {

    private static final long AGAIN_MILLIS = 50;

    private final LaunchMode mode;
    private final Vertx vertx;

    ConsoleAddress(LaunchMode mode, Vertx vertx) {
        this.mode = mode;
        this.vertx = vertx;
    }

    void started(@ObservesAsync HttpServerStart server) {
        if (mode == LaunchMode.DEVELOPMENT) {
            var options = server.options();
            sayWhenAllElseIsSaid("http://" + options.getHost() + ":" + options.getPort() + "/");
        }
    }

    private void sayWhenAllElseIsSaid(String address) {
        vertx.setTimer(AGAIN_MILLIS, again -> {
            var application = Application.currentApplication();
            if (application != null && application.isStarted()) {
                Log.infof("The console: %s", address);
            } else {
                sayWhenAllElseIsSaid(address);
            }
        });
    }
}
