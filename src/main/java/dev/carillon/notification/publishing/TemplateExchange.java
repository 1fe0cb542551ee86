package dev.carillon.notification.publishing;

import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeFolder;
import dev.carillon.platform.rest.FailureLog;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads texts that any replica has published. It polls a revision number in the database once a second, as the rules
 * do.
 */
@ApplicationScoped
class TemplateExchange {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Templates templates;
    private final PgTemplates store;

    private volatile Map<String, InForce> inForce = Map.of();
    private volatile List<String> problems = List.of();
    private volatile long revision = -1;
    private volatile boolean cutOff;

    TemplateExchange(Templates templates, PgTemplates store) {
        this.templates = templates;
        this.store = store;
    }

    /** A published version, compiled. */
    record InForce(Published published, TypeFolder folder) {}

    /** Runs before the rules: a rule in a file may use a type that exists only as published. */
    void start(@Observes @Priority(140) StartupEvent started) {
        takeWhatIsNew().await().atMost(PATIENCE);
    }

    @Scheduled(
            every = "${carillon.notifications.look-every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> exchange() {
        return takeWhatIsNew()
                .invoke(() -> cutOff = false)
                .onFailure()
                .invoke(this::sayOnce)
                .onFailure()
                .recoverWithNull();
    }

    /** The version of a type that the API published, if it did. */
    Optional<Published> published(String type) {
        return Optional.ofNullable(inForce.get(type)).map(InForce::published);
    }

    /** Published texts that cannot be used, as messages. */
    List<String> problems() {
        return problems;
    }

    private Uni<Void> takeWhatIsNew() {
        return store.revision()
                .chain(current -> current == revision
                        ? Uni.createFrom().voidItem()
                        : store.published()
                                .emitOn(Infrastructure.getDefaultWorkerPool())
                                .invoke(published -> take(published, current))
                                .replaceWithVoid());
    }

    private synchronized void take(List<Published> published, long current) {
        if (current <= revision) {
            return;
        }
        var now = new HashMap<String, InForce>();
        var found = new ArrayList<String>();
        for (var one : published) {
            var before = inForce.get(one.type());
            try {
                now.put(
                        one.type(),
                        before != null && before.published().number() == one.number() ? before : compiled(one));
            } catch (InvalidTemplateException broken) {
                found.add(broken.getMessage());
                Log.errorf(
                        "published texts cannot be used here; the previous ones stay in force: %s %s: %s",
                        one.type(), one.version(), broken.getMessage());
                if (before != null) {
                    now.put(one.type(), before); // what another release published may not compile here
                }
            }
        }
        templates.publish(now.values().stream().map(InForce::folder).toList());
        inForce = Map.copyOf(now);
        problems = List.copyOf(found);
        revision = current;
    }

    private InForce compiled(Published published) {
        return new InForce(published, templates.compile(published.text(), published.version()));
    }

    private void sayOnce(Throwable failure) {
        if (!cutOff) {
            cutOff = true;
            Log.warn(
                    "templates cannot be synchronised with the database; the current ones stay in force; retrying every second",
                    FailureLog.of(failure));
        }
    }
}
