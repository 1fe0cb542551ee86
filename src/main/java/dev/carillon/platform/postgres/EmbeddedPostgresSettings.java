package dev.carillon.platform.postgres;

import java.nio.file.Path;
import java.util.Map;

/**
 * The settings of an embedded PostgreSQL.
 *
 * @param dataDir holds the data, the password, the locks and the server's log; made when missing, never emptied
 * @param port the port on 127.0.0.1, 0 for any free one; a server that is already running keeps its own
 * @param binariesCache where the server's programs are unpacked, once per version
 * @param serverSettings PostgreSQL settings on top of the built-in ones
 */
public record EmbeddedPostgresSettings(Path dataDir, int port, Path binariesCache, Map<String, String> serverSettings) {

    static final String DATA_DIR = "carillon.embedded-postgres.data-dir";
    static final String PORT = "carillon.embedded-postgres.port";
    static final String BINARIES_CACHE = "carillon.embedded-postgres.binaries-cache";

    public EmbeddedPostgresSettings {
        if (port < 0 || port > 65_535) {
            throw new PostgresStartException(PORT + " must be between 0 and 65535 but is " + port);
        }
        serverSettings = Map.copyOf(serverSettings);
    }

    /** Any free port, the user's cache directory, the built-in server settings. */
    public static EmbeddedPostgresSettings in(Path dataDir) {
        return new EmbeddedPostgresSettings(dataDir, 0, PostgresBinaries.defaultCache(), Map.of());
    }

    public EmbeddedPostgresSettings withPort(int newPort) {
        return new EmbeddedPostgresSettings(dataDir, newPort, binariesCache, serverSettings);
    }

    public EmbeddedPostgresSettings withBinariesCache(Path newCache) {
        return new EmbeddedPostgresSettings(dataDir, port, newCache, serverSettings);
    }

    public EmbeddedPostgresSettings withServerSettings(Map<String, String> newSettings) {
        return new EmbeddedPostgresSettings(dataDir, port, binariesCache, newSettings);
    }
}
