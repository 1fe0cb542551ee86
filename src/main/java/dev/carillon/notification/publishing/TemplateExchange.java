package dev.carillon.notification.publishing;

import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeFolder;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.versions.ChangeListener;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
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

/** Loads texts that any replica has published. */
@ApplicationScoped
class TemplateExchange implements ChangeListener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Templates templates;
    private final PgTemplates store;

    private volatile Map<String, InForce> inForce = Map.of();
    private volatile List<String> problems = List.of();
    private volatile long revision = -1;

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

    @Override
    public String topic() {
        return PgTemplates.TOPIC;
    }

    @Override
    public Uni<Void> heard(long changes) {
        return changes == revision
                ? Uni.createFrom().voidItem()
                : store.published()
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(published -> take(published, changes))
                        .replaceWithVoid();
    }

    /** After a change, so that it holds here at once. When the database is away, the next poll of the feed brings it. */
    Uni<Void> exchange() {
        return takeWhatIsNew()
                .onFailure()
                .invoke(failure -> Log.warnf(
                        "published texts will be in use with the next poll: cause=%s", PgFailures.nameOf(failure)))
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
        return store.revision().chain(this::heard);
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
}
