package dev.carillon.platform.security;

import io.quarkus.logging.Log;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes sure that an administrator can get in, and that not everyone can. */
@ApplicationScoped
class FirstKey {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int SHORTEST = 16;
    private static final String SETTING = "carillon.security.admin-key (CARILLON_ADMIN_KEY)";

    private static final String FOR_PROGRAMS = "first start: your admin API key, shown only this once: %s";
    private static final String FOR_PEOPLE = """
            first start

                Your admin API key, shown only this once: %s

                Send it in the header X-API-Key. To choose it yourself, set CARILLON_ADMIN_KEY before the first start.
            """;

    private final ApiKeys keys;
    private final SecuritySettings settings;
    private final LaunchMode mode;
    private final boolean json;

    FirstKey(
            ApiKeys keys,
            SecuritySettings settings,
            LaunchMode mode,
            @ConfigProperty(name = "quarkus.log.console.json.enabled") boolean json) {
        this.keys = keys;
        this.settings = settings;
        this.mode = mode;
        this.json = json;
    }

    void start(@Observes @Priority(50) StartupEvent started) {
        if (settings.open()) {
            refuseInProduction(mode);
        } else {
            settings.adminKey()
                    .map(this::configured)
                    .orElseGet(this::generatedIfNone)
                    .await()
                    .atMost(DEADLINE);
        }
    }

    static void refuseInProduction(LaunchMode mode) {
        if (!mode.isDevOrTest()) {
            throw new ConfigurationException(
                    "carillon.security.open=true lets everyone in: it is refused outside development and tests");
        }
    }

    private Uni<Void> configured(String secret) {
        if (secret.length() < SHORTEST) {
            throw new ConfigurationException(SETTING + " must have at least " + SHORTEST + " characters");
        }
        return keys.keep(secret, Caller.DEFAULT_TENANT, Set.of(Roles.ADMIN), "CARILLON_ADMIN_KEY")
                .chain(() -> keys.find(secret))
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw new ConfigurationException(SETTING + " holds a key that was revoked: choose another");
                    }
                })
                .replaceWithVoid();
    }

    /** Also runs when the last administrator's key was revoked: a restart is the way back in. */
    private Uni<Void> generatedIfNone() {
        return keys.all(Caller.DEFAULT_TENANT)
                .chain(known -> known.stream().anyMatch(one -> one.key().roles().contains(Roles.ADMIN))
                        ? Uni.createFrom().voidItem()
                        : keys.issue(Caller.DEFAULT_TENANT, Set.of(Roles.ADMIN), "first start")
                                .invoke(this::show)
                                .replaceWithVoid());
    }

    /** One line for programs; for people between empty lines, so that it stands out. */
    private void show(ApiKeys.NewApiKey issued) {
        Log.warn(announcement(issued.secret(), json));
    }

    static String announcement(String secret, boolean json) {
        return (json ? FOR_PROGRAMS : FOR_PEOPLE).formatted(secret);
    }
}
