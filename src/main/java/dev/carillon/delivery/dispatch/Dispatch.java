package dev.carillon.delivery.dispatch;

import dev.carillon.delivery.outbox.Outbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.DeploymentOptions;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Deploys one dispatch verticle a channel before anybody can ring, sweeps for what no bell rang for, and drains at the end. */
@ApplicationScoped
public class Dispatch {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Outbox outbox;
    private final Completions completions;
    private final DeliveryBell bell;
    private final List<DispatchLoop> loops;
    private final List<String> deployments = new CopyOnWriteArrayList<>();

    Dispatch(Vertx vertx, Outbox outbox, Completions completions, DeliveryBell bell, DispatchLoops loops) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.completions = completions;
        this.bell = bell;
        this.loops = loops.all();
    }

    void start(@Observes @Priority(100) StartupEvent started) {
        for (var loop : loops) {
            deployments.add(vertx.deployVerticle(() -> new DispatchVerticle(bell, loop), new DeploymentOptions()).await().atMost(PATIENCE));
        }
    }

    void stop(@Observes @Priority(200) ShutdownEvent stopping) {
        deployments.forEach(id -> vertx.undeploy(id).await().atMost(PATIENCE));
        deployments.clear();
    }

    /** Whether every channel's verticle is deployed. */
    public boolean deployed() {
        return deployments.size() == loops.size();
    }

    @Scheduled(every = "${carillon.dispatch.sweep:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return outbox.takeOver().invoke(completions::tell)
                .invoke(() -> loops.forEach(DispatchLoop::look))
                .replaceWithVoid();
    }
}
