package dev.carillon.delivery.dispatch;

import dev.carillon.platform.sql.PgFailures;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.eventbus.MessageConsumer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Deploys one dispatch verticle for each channel before any bell rings, and drains them at the stop. */
@Readiness
@ApplicationScoped
class Dispatch implements HealthCheck {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final DeliveryBell bell;
    private final List<DispatchLoop> loops;
    private final List<String> deployments = new CopyOnWriteArrayList<>();

    Dispatch(Vertx vertx, DeliveryBell bell, DispatchLoops loops) {
        this.vertx = vertx;
        this.bell = bell;
        this.loops = loops.all();
    }

    void start(@Observes @Priority(100) StartupEvent started) {
        for (var loop : loops) {
            deployments.add(vertx.deployVerticle(() -> new DispatchVerticle(bell, loop), new DeploymentOptions())
                    .await()
                    .atMost(DEADLINE));
        }
    }

    /** Waits until deliveries in flight are recorded; what cannot be recorded in time is left to its lease. */
    void stop(@Observes @Priority(200) ShutdownEvent stopping) {
        var undeployed = deployments.stream().map(vertx::undeploy).toList();
        deployments.clear();
        if (!undeployed.isEmpty()) {
            Uni.join()
                    .all(undeployed)
                    .andCollectFailures()
                    .replaceWithVoid()
                    .ifNoItem()
                    .after(DEADLINE)
                    .fail()
                    .onFailure()
                    .invoke(failure -> Log.errorf(
                            "not every delivery was recorded before shutdown; leases expire and other replicas take over: cause=%s",
                            PgFailures.nameOf(failure)))
                    .onFailure()
                    .recoverWithNull()
                    .await()
                    .indefinitely();
        }
    }

    /** Ready when every channel's verticle is deployed. */
    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("dispatch-verticles")
                .status(deployments.size() == loops.size())
                .build();
    }

    /** Listens on {@code delivery.<channel>} and wakes the loop. */
    private static final class DispatchVerticle extends AbstractVerticle {

        private final DeliveryBell bell;
        private final DispatchLoop loop;
        private @Nullable MessageConsumer<String> consumer;

        DispatchVerticle(DeliveryBell bell, DispatchLoop loop) {
            this.bell = bell;
            this.loop = loop;
        }

        @Override
        public Uni<Void> asyncStart() {
            return bell.listen(loop.channel(), loop::look)
                    .invoke(listening -> consumer = listening)
                    .replaceWithVoid();
        }

        @Override
        public Uni<Void> asyncStop() {
            return (consumer == null ? Uni.createFrom().voidItem() : consumer.unregister()).chain(loop::stop);
        }
    }
}
