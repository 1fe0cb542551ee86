package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.bus.DomainBus;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.platform.jobs.Jobs;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.DeploymentOptions;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Deploys one reaction verticle for each address before any team publishes, and sweeps for events that no bell rang
 * for.
 */
@ApplicationScoped
public class Reactions {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final DomainBus bus;
    private final List<ReactionLoop> loops;
    private final List<String> deployments = new CopyOnWriteArrayList<>();

    Reactions(Vertx vertx, DomainBus bus, ReactionStages stages) {
        this.vertx = vertx;
        this.bus = bus;
        this.loops = EventTypes.addresses().stream()
                .map(address -> new ReactionLoop(address, stages.stages()))
                .toList();
    }

    void start(@Observes @Priority(200) StartupEvent started) {
        for (var loop : loops) {
            deployments.add(vertx.deployVerticle(() -> new ReactionVerticle(bus, loop), new DeploymentOptions())
                    .await()
                    .atMost(PATIENCE));
        }
    }

    /** Before delivery stops: what is decided here may still be sent there. */
    void stop(@Observes @Priority(100) ShutdownEvent stopping) {
        deployments.forEach(id -> vertx.undeploy(id).await().atMost(PATIENCE));
        deployments.clear();
    }

    /** Whether every address's verticle is deployed. */
    public boolean deployed() {
        return deployments.size() == loops.size();
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("reaction-sweep")
                .every("${carillon.reaction.sweep:1s}")
                .run(() -> Uni.createFrom().voidItem().invoke(this::sweep));
    }

    void sweep() {
        loops.forEach(ReactionLoop::look);
    }
}
