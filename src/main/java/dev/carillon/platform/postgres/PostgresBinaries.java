package dev.carillon.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The server's programs for this platform, unpacked from the class path into a cache directory once for each version.
 */
record PostgresBinaries(Path home) {

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    static PostgresBinaries unpackedIn(Path cache) {
        return unpackedIn(cache, archiveName(System.getProperty("os.name"), System.getProperty("os.arch")));
    }

    static PostgresBinaries unpackedIn(Path cache, String archive) {
        Path home = cache.resolve(
                "postgres-" + version() + "-" + archive.replace("postgres-", "").replace(".txz", ""));
        if (!Files.isDirectory(home)) {
            unpack(archive, home);
        }
        return new PostgresBinaries(home);
    }

    Path program(String name) {
        return home.resolve("bin").resolve(WINDOWS ? name + ".exe" : name);
    }

    static Path defaultCache() {
        return cacheOf(System.getenv("XDG_CACHE_HOME"), Path.of(System.getProperty("user.home")));
    }

    /** {@code $XDG_CACHE_HOME/carillon}, {@code ~/.cache/carillon}, or for a user without a home one below the temp directory. */
    static Path cacheOf(@Nullable String xdgCacheHome, Path userHome) {
        if (xdgCacheHome != null && !xdgCacheHome.isBlank()) {
            return Path.of(xdgCacheHome, "carillon");
        }
        if (Files.isWritable(userHome)) {
            return userHome.resolve(".cache/carillon");
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "carillon-" + System.getProperty("user.name"));
    }

    static String archiveName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : os;
        String machine = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> osArch;
        };
        return "postgres-" + system + "-" + machine + ".txz";
    }

    /** Unpacks beside the target and renames, so that nobody sees a partial result and two JVMs may do it at once. */
    private static void unpack(String archive, Path home) {
        try {
            Path cache = Files.createDirectories(home.getParent(), OwnerOnly.directory(home.getParent()));
            OwnerOnly.requireOwn(cache);
            Path fresh = cache.resolve(".unpacking-" + UUID.randomUUID());
            try (InputStream packed = resource("/" + archive)) {
                if (packed == null) {
                    throw new PostgresStartException("No PostgreSQL for this platform in this build (" + archive
                            + " is missing); build on this platform, or set QUARKUS_DATASOURCE_REACTIVE_URL");
                }
                TarXz.unpack(packed, fresh);
            }
            moveUnlessThere(fresh, home);
        } catch (IOException e) {
            throw new PostgresStartException(
                    "Cannot unpack PostgreSQL into " + home + " (" + EmbeddedPostgresSettings.BINARIES_CACHE
                            + " can name another directory)",
                    e);
        }
    }

    private static void moveUnlessThere(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
            // another JVM was faster: its copy is as good as this one
            TarXz.delete(fresh);
        }
    }

    private static String version() {
        try (InputStream in = resource("binaries.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(in));
            return Objects.requireNonNull(properties.getProperty("version"));
        } catch (IOException | NullPointerException e) {
            throw new PostgresStartException("This build does not say which PostgreSQL it carries", e);
        }
    }

    private static @Nullable InputStream resource(String name) {
        return PostgresBinaries.class.getResourceAsStream(name);
    }
}
