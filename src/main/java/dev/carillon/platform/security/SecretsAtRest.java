package dev.carillon.platform.security;

import dev.carillon.platform.sql.Transactions;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/**
 * Re-encrypts every secret in the database with the current key before the service answers requests. A secret that
 * cannot be read stops the start: a service that noticed later could sign nothing.
 */
@ApplicationScoped
class SecretsAtRest {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final List<StoredSecrets> tables;
    private final Transactions transactions;

    SecretsAtRest(@All List<StoredSecrets> tables, Transactions transactions) {
        this.tables = tables;
        this.transactions = transactions;
    }

    void start(@Observes @Priority(60) StartupEvent started) {
        int renewed = tables.stream()
                .mapToInt(table ->
                        transactions.inTransaction(table::renew).await().atMost(DEADLINE))
                .sum();
        if (renewed > 0) {
            Log.infof("secrets in the database are now encrypted with the current key: count=%d", renewed);
        }
    }
}
