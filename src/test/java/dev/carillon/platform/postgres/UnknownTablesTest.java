package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UnknownTablesTest {

    @Inject
    DataSource database;

    @Inject
    Pool pool;

    @AfterEach
    void forget() {
        pool.query("drop schema if exists of_before cascade").executeAndAwait();
    }

    @Test
    void tables_of_before_the_first_release_end_the_start_with_what_to_do() {
        aDatabaseWhoseFirstMigrationWas("core");

        assertThatThrownBy(flyway()::migrate)
                .isNotInstanceOf(FlywayValidateException.class)
                .hasStackTraceContaining("made by a Carillon from before the first release")
                .hasStackTraceContaining("start again; otherwise name another");
        assertThat(pool.query("select count(*) from of_before.flyway_schema_history")
                        .executeAndAwait()
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(1);
    }

    @Test
    void tables_of_another_version_end_the_start_with_what_to_do() {
        assertThat(flyway().migrate().migrationsExecuted).isEqualTo(7);
        pool.query("update of_before.flyway_schema_history set checksum = 42 where version = '2'")
                .executeAndAwait();

        assertThatThrownBy(flyway()::migrate)
                .hasStackTraceContaining("made by another version of Carillon")
                .hasStackTraceContaining("start again; otherwise name another");
    }

    @Test
    void tables_without_a_history_end_the_start_with_what_to_do() {
        pool.query("create schema of_before").executeAndAwait();
        pool.query("create table of_before.orders (id integer)").executeAndAwait();

        assertThatThrownBy(flyway()::migrate)
                .hasStackTraceContaining("were not made by Carillon")
                .hasStackTraceContaining("start again; otherwise name another");
    }

    @Test
    void an_empty_database_is_filled() {
        assertThat(flyway().migrate().migrationsExecuted).isEqualTo(7);
        assertThat(flyway().migrate().migrationsExecuted).isZero();
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(database)
                .schemas("of_before")
                .defaultSchema("of_before")
                .locations("db/migration")
                .callbacks(new UnknownTables())
                .load();
    }

    private void aDatabaseWhoseFirstMigrationWas(String description) {
        pool.query("create schema of_before").executeAndAwait();
        pool.query("create table of_before.flyway_schema_history (like carillon.flyway_schema_history including all)")
                .executeAndAwait();
        pool.query(
                        "insert into of_before.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success) values (1, '1', '"
                                + description + "', 'SQL', 'V1__core.sql', 42, 'carillon', 1, true)")
                .executeAndAwait();
    }
}
