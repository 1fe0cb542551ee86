package dev.carillon.platform.postgres;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.QuarkusConfigBuilderCustomizer;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * Provides the application's database before it starts: the configured one, or else the embedded one with a key for its
 * secrets. It passes the result on as system properties. (A configuration source would also run during the build, and
 * start a server there.)
 */
public final class ApplicationDatabase {

    private static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final String USERNAME = "quarkus.datasource.username";
    private static final String PASSWORD = "quarkus.datasource.password";
    private static final String ENCRYPTION_KEY = "carillon.security.encryption-key";

    /** Names the properties set here, so that a live reload does not mistake them for the user's. */
    private static final String SET_HERE = "carillon.embedded-postgres.set-here";

    private ApplicationDatabase() {}

    /**
     * Call before the application starts.
     *
     * @throws PostgresStartException when there is no database to be had
     */
    public static void provide() {
        forgetWhatWasSetHere();
        Map<String, String> properties = propertiesFor(configuration());
        properties.forEach(System::setProperty);
        System.setProperty(SET_HERE, String.join(",", properties.keySet()));
        LastOneOut.applicationRuns();
    }

    /** Call when the application has stopped and will not use the database any more. */
    public static void release() {
        LastOneOut.applicationStopped();
    }

    /** Where the embedded PostgreSQL keeps its data; empty where the application uses another. */
    static Optional<Path> embeddedDataDir() {
        boolean embedded =
                List.of(System.getProperty(SET_HERE, "").split(",")).containsAll(List.of(REACTIVE_URL, JDBC_URL));
        return Optional.of(configuration())
                .filter(config -> embedded)
                .map(config -> settings(config).dataDir().toAbsolutePath());
    }

    static Map<String, String> propertiesFor(Config config) {
        Optional<String> reactive = text(config, REACTIVE_URL);
        Optional<String> jdbc = text(config, JDBC_URL);
        if (reactive.isPresent() && jdbc.isPresent()) {
            return Map.of();
        }
        if (reactive.isPresent()) {
            return derived(JDBC_URL, DatasourceUrl.parse(REACTIVE_URL, reactive.get()), config);
        }
        if (jdbc.isPresent()) {
            return derived(REACTIVE_URL, DatasourceUrl.parse(JDBC_URL, jdbc.get()), config);
        }
        return embedded(config);
    }

    private static Map<String, String> embedded(Config config) {
        EmbeddedPostgresSettings settings = settings(config);
        PostgresAddress embedded =
                EmbeddedPostgres.start(settings).keepRunning().address();
        var properties = new TreeMap<>(Map.of(
                REACTIVE_URL,
                embedded.reactiveUrl(),
                JDBC_URL,
                embedded.jdbcUrl(),
                USERNAME,
                embedded.user(),
                PASSWORD,
                embedded.password()));
        if (text(config, ENCRYPTION_KEY).isEmpty()) {
            properties.put(ENCRYPTION_KEY, ServerFiles.in(settings.dataDir()).ensureEncryptionKey());
        }
        return properties;
    }

    static EmbeddedPostgresSettings settings(Config config) {
        Path dataDir = config.getOptionalValue(EmbeddedPostgresSettings.DATA_DIR, Path.class)
                .orElseGet(() -> Path.of(".carillon", LaunchMode.current() == LaunchMode.DEVELOPMENT ? "dev" : "prod"));
        Path cache = config.getOptionalValue(EmbeddedPostgresSettings.BINARIES_CACHE, Path.class)
                .orElseGet(PostgresBinaries::defaultCache);
        return EmbeddedPostgresSettings.in(dataDir)
                .withBinariesCache(cache.toAbsolutePath())
                .withPort(config.getOptionalValue(EmbeddedPostgresSettings.PORT, Integer.class)
                        .orElse(0));
    }

    /** The URL for the other driver, and the credentials in the given one unless they are configured apart. */
    private static Map<String, String> derived(String name, DatasourceUrl url, Config config) {
        var properties = new TreeMap<String, String>();
        properties.put(name, name.equals(JDBC_URL) ? url.jdbc() : url.reactive());
        url.user().filter(user -> text(config, USERNAME).isEmpty()).ifPresent(user -> properties.put(USERNAME, user));
        url.password()
                .filter(secret -> text(config, PASSWORD).isEmpty())
                .ifPresent(secret -> properties.put(PASSWORD, secret));
        return properties;
    }

    /** The same sources and profile the application will have, without registering anything before it does. */
    private static Config configuration() {
        return new SmallRyeConfigBuilder()
                .forClassLoader(Thread.currentThread().getContextClassLoader())
                .withCustomizers(new QuarkusConfigBuilderCustomizer())
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredSources()
                .build();
    }

    private static void forgetWhatWasSetHere() {
        for (String name : System.getProperty(SET_HERE, "").split(",")) {
            if (!name.isEmpty()) {
                System.clearProperty(name);
            }
        }
    }

    private static Optional<String> text(Config config, String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }
}
