package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.bus.DomainBus;
import dev.carillon.eventsourced.bus.EventsPublished;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.telemetry.Traces;
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

/**
 * Deploys one reaction verticle for each address before any team publishes, and sweeps for events that no bell rang
 * for.
 */
@ApplicationScoped
class Reactions {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final DomainBus bus;
    private final List<ReactionLoop> loops;
    private final List<String> deployments = new CopyOnWriteArrayList<>();

    Reactions(
            Vertx vertx,
            DomainBus bus,
            Transactions transactions,
            Triggers triggers,
            LiveReaction reaction,
            Journeys journeys,
            Traces traces) {
        this.vertx = vertx;
        this.bus = bus;
        this.loops = EventTypes.addresses().stream()
                .map(address -> new ReactionLoop(address, transactions, triggers, reaction, journeys, traces))
                .toList();
    }

    void start(@Observes @Priority(200) StartupEvent started) {
        for (var loop : loops) {
            deployments.add(vertx.deployVerticle(() -> new ReactionVerticle(bus, loop), new DeploymentOptions())
                    .await()
                    .atMost(DEADLINE));
        }
    }

    /** Before delivery stops: what is decided here may still be sent there. */
    void stop(@Observes @Priority(100) ShutdownEvent stopping) {
        deployments.forEach(id -> vertx.undeploy(id).await().atMost(DEADLINE));
        deployments.clear();
    }

    /** Whether every address's verticle is deployed. */
    boolean deployed() {
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

    /** Listens on a domain's address and wakes its loop. */
    private static final class ReactionVerticle extends AbstractVerticle {

        private final DomainBus bus;
        private final ReactionLoop loop;
        private @Nullable MessageConsumer<EventsPublished> consumer;

        ReactionVerticle(DomainBus bus, ReactionLoop loop) {
            this.bus = bus;
            this.loop = loop;
        }

        @Override
        public Uni<Void> asyncStart() {
            return bus.listen(loop.address(), published -> loop.look())
                    .invoke(listening -> consumer = listening)
                    .replaceWithVoid();
        }

        @Override
        public Uni<Void> asyncStop() {
            return (consumer == null ? Uni.createFrom().voidItem() : consumer.unregister()).chain(loop::stop);
        }
    }

    /** The reaction readiness check: up when every verticle is deployed. */
    @Readiness
    @ApplicationScoped
    static class ReactionsReady implements HealthCheck {

        private final Reactions reactions;

        ReactionsReady(Reactions reactions) {
            this.reactions = reactions;
        }

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.named("reaction-verticles")
                    .status(reactions.deployed())
                    .build();
        }
    }
}
