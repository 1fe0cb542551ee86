package dev.carillon.comparison;

import dev.carillon.comparison.sample.ExternalSampleEvents;
import dev.carillon.comparison.sample.SamplePlatform;
import dev.carillon.delivery.Providers;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Loads the sample data into the default tenant once in a database's life, if the demo is on and no real provider is
 * configured.
 */
@ApplicationScoped
class FirstStart {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final DemoSettings settings;
    private final Providers providers;
    private final SamplePlatform platform;
    private final ExternalSampleEvents elsewhere;
    private final PgDemoTenants store;
    private final Transactions transactions;

    FirstStart(
            DemoSettings settings,
            Providers providers,
            SamplePlatform platform,
            ExternalSampleEvents elsewhere,
            PgDemoTenants store,
            Transactions transactions) {
        this.settings = settings;
        this.providers = providers;
        this.platform = platform;
        this.elsewhere = elsewhere;
        this.store = store;
        this.transactions = transactions;
    }

    /**
     * Runs after the verticles, so that they receive what the teams publish here. If the process dies in between, it is
     * published again.
     */
    void start(@Observes @Priority(1000) StartupEvent started) {
        var tenant = Caller.DEFAULT_TENANT;
        if (!settings.enabled()) {
            return;
        }
        if (providers.reachSomebody()) {
            Log.info(
                    "sample data not published: a provider is configured, so its messages would reach real recipients");
        } else if (!transactions
                .inTransaction(tx -> store.filled(tx, tenant))
                .await()
                .atMost(DEADLINE)) {
            platform.publish(tenant)
                    .chain(() -> elsewhere.publish(tenant))
                    .chain(() -> transactions.inTransaction(tx -> store.markFilled(tx, tenant)))
                    .await()
                    .atMost(DEADLINE);
            Log.info("first start: sample data published");
        }
    }
}
