package dev.carillon.platform.security;

import io.quarkus.logging.Log;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.time.Duration;
import java.util.Set;

/** Sees to it that somebody can get in, and that not everybody can. */
@ApplicationScoped
class FirstKey {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApiKeys keys;
    private final SecuritySettings settings;

    FirstKey(ApiKeys keys, SecuritySettings settings) {
        this.keys = keys;
        this.settings = settings;
    }

    void start(@Observes @Priority(50) StartupEvent started) {
        if (settings.open()) {
            if (LaunchMode.current() == LaunchMode.NORMAL) {
                throw new IllegalStateException("carillon.security.open=true lets everyone in: it is refused outside development and tests");
            }
            return;
        }
        settings.adminKey().map(this::configured).orElseGet(this::generatedIfNone).await().atMost(PATIENCE);
    }

    private Uni<Void> configured(String secret) {
        if (secret.length() < 16) {
            throw new IllegalStateException("carillon.admin-key (CARILLON_ADMIN_KEY) must have at least 16 characters");
        }
        return keys.keep(secret, Caller.DEFAULT_TENANT, Set.of(Roles.ADMIN), "CARILLON_ADMIN_KEY").replaceWithVoid();
    }

    private Uni<Void> generatedIfNone() {
        return keys.all(Caller.DEFAULT_TENANT).chain(existing -> existing.isEmpty()
                ? keys.issue(Caller.DEFAULT_TENANT, Set.of(Roles.ADMIN), "first start")
                        .invoke(issued -> Log.warnf("first start: your admin API key, shown only this once: %s", issued.secret())).replaceWithVoid()
                : Uni.createFrom().voidItem());
    }
}
