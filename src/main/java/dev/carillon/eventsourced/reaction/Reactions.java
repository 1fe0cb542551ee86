package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.bus.DomainBus;
import dev.carillon.eventsourced.bus.EventsPublished;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.platform.jobs.Jobs;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Verticle;
import io.vertx.mutiny.core.Context;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.eventbus.MessageConsumer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Deploys one reaction verticle for each address before any team publishes, and one for large audiences; and sweeps for
 * events that no bell rang for.
 */
@ApplicationScoped
class Reactions {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final DomainBus bus;
    private final List<ReactionLoop> loops;
    private final WalkVerticle walks;
    private final List<String> deployments = new CopyOnWriteArrayList<>();

    Reactions(
            Vertx vertx,
            DomainBus bus,
            Transactions transactions,
            Triggers triggers,
            EventJournal journal,
            TracedReaction reaction) {
        this.vertx = vertx;
        this.bus = bus;
        this.walks = new WalkVerticle(new WalkLoop(transactions, journal, reaction, this::look));
        this.loops = EventTypes.addresses().stream()
                .map(address -> new ReactionLoop(address, transactions, triggers, reaction, walks::look))
                .toList();
    }

    void start(@Observes @Priority(200) StartupEvent started) {
        deploy(() -> walks);
        loops.forEach(loop -> deploy(() -> new ReactionVerticle(bus, loop)));
    }

    private void deploy(Supplier<Verticle> verticle) {
        deployments.add(
                vertx.deployVerticle(verticle, new DeploymentOptions()).await().atMost(DEADLINE));
    }

    /** Before delivery stops: what is decided here may still be sent there. */
    void stop(@Observes @Priority(100) ShutdownEvent stopping) {
        deployments.forEach(id -> vertx.undeploy(id).await().atMost(DEADLINE));
        deployments.clear();
    }

    /** Whether every verticle is deployed. */
    boolean deployed() {
        return deployments.size() == loops.size() + 1;
    }

    void schedule(@Observes Jobs jobs) {
        jobs.job("reaction-sweep")
                .every("${carillon.reaction.sweep:1s}")
                .run(() -> Uni.createFrom().voidItem().invoke(this::sweep));
    }

    void sweep() {
        loops.forEach(ReactionLoop::look);
        walks.look();
    }

    private void look(String address) {
        loops.stream().filter(loop -> loop.address().equals(address)).forEach(ReactionLoop::look);
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

    /** Gives the walks of large audiences an event loop of their own, so that they hold no other up. */
    private static final class WalkVerticle extends AbstractVerticle {

        private final WalkLoop loop;
        private volatile @Nullable Context context;

        WalkVerticle(WalkLoop loop) {
            this.loop = loop;
        }

        void look() {
            var own = context;
            if (own != null) {
                own.runOnContext(loop::look);
            }
        }

        @Override
        public Uni<Void> asyncStart() {
            context = Vertx.currentContext();
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> asyncStop() {
            return loop.stop();
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
