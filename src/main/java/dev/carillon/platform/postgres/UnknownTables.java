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
 * Stops the start, with advice, if the database was created by an unreleased Carillon. Its tables differ, and nothing
 * converts them.
 */
public final class UnknownTables implements Callback {

    private static final String FIRST_MIGRATION = "platform";

    @Override
    public String getCallbackName() {
        return "unknown-tables";
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_VALIDATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        var tables = context.getConfiguration().getDefaultSchema() + "."
                + context.getConfiguration().getTable();
        try (Statement statement = context.getConnection().createStatement()) {
            if (isThere(statement, tables) && !isOurs(statement, tables)) {
                var message =
                        "The tables in this database were made by a Carillon from before the first release, and this one does not know them. "
                                + whatToDo();
                Log.error(message);
                throw new FlywayException(message);
            }
        } catch (SQLException e) {
            throw new FlywayException("Cannot tell who made the tables in this database", e);
        }
    }

    private static boolean isThere(Statement statement, String table) throws SQLException {
        try (ResultSet found = statement.executeQuery("select to_regclass('" + table + "') is not null")) {
            return found.next() && found.getBoolean(1);
        }
    }

    private static boolean isOurs(Statement statement, String table) throws SQLException {
        try (ResultSet first = statement.executeQuery("select description from " + table + " where version = '1'")) {
            return !first.next() || first.getString(1).equals(FIRST_MIGRATION);
        }
    }

    private static String whatToDo() {
        return ApplicationDatabase.embeddedDataDir()
                .map(folder -> "If nothing in it is needed, delete the folder " + folder
                        + " and start again; otherwise name another in " + EmbeddedPostgresSettings.DATA_DIR + ".")
                .orElse(
                        "If nothing in it is needed, drop the schema carillon and start again; otherwise name another database in quarkus.datasource.reactive.url.");
    }
}
