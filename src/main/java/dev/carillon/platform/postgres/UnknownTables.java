package dev.carillon.platform.postgres;

import io.quarkus.logging.Log;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Says what to do when the tables in the database are not those of this version: they were made before the first release, by another version, or
 * by somebody else. Nothing converts them, and what Flyway advises there (repair, baseline) would do harm.
 */
public final class UnknownTables implements Callback {

    private static final String FIRST_MIGRATION = "platform";

    @Override
    public String getCallbackName() {
        return "unknown-tables";
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_VALIDATE || event == Event.AFTER_VALIDATE_ERROR;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        if (event == Event.AFTER_VALIDATE_ERROR) {
            refuse("were made by another version of Carillon");
        }
        var schema = context.getConfiguration().getDefaultSchema();
        var history = schema + "." + context.getConfiguration().getTable();
        try (Statement statement = context.getConnection().createStatement()) {
            if (!says(statement, "select to_regclass('" + history + "') is not null")) {
                if (says(statement, "select exists (select from pg_tables where schemaname = '" + schema + "')")) {
                    refuse("were not made by Carillon, or their history is lost");
                }
            } else if (says(
                    statement,
                    "select exists (select from " + history + " where version = '1' and description <> '"
                            + FIRST_MIGRATION + "')")) {
                refuse("were made by a Carillon from before the first release");
            }
        } catch (SQLException e) {
            throw new FlywayException("Cannot tell who made the tables in this database", e);
        }
    }

    private static boolean says(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private static void refuse(String why) {
        var message = "The tables in this database " + why + ", and this version does not know them. " + whatToDo();
        Log.error(message);
        throw new FlywayException(message);
    }

    private static String whatToDo() {
        return ApplicationDatabase.embeddedDataDir()
                .map(folder -> "If nothing in it is needed, delete the folder " + folder
                        + " and start again; otherwise name another in " + EmbeddedPostgresSettings.DATA_DIR + ".")
                .orElse("If nothing in it is needed, drop the schema carillon and start again;"
                        + " otherwise name another database in quarkus.datasource.reactive.url.");
    }
}
