package dev.carillon.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** What lies where in a data directory. */
record ServerFiles(Path directory) {

    static final String SUPERUSER = "carillon";
    static final String DATABASE = "carillon";

    private static final int PASSWORD_BYTES = 24;

    /** Makes the directory when it is missing; the path is the real one, so that two names of one place are one. */
    static ServerFiles in(Path dataDir) {
        try {
            return new ServerFiles(Files.createDirectories(dataDir.toAbsolutePath()).toRealPath());
        } catch (IOException e) {
            throw new PostgresStartException("Cannot use " + EmbeddedPostgresSettings.DATA_DIR + " " + dataDir.toAbsolutePath(), e);
        }
    }

    Path data() {
        return directory.resolve("data");
    }

    /** Where initdb works; becomes {@link #data()} when it is done, so data is always whole. */
    Path unfinishedData() {
        return directory.resolve("data.unfinished");
    }

    Path password() {
        return directory.resolve("password");
    }

    Path log() {
        return directory.resolve("server.log");
    }

    /** Held shared by every JVM that uses the server. */
    Path usersLock() {
        return directory.resolve("users.lock");
    }

    /** Held by the one JVM that is starting or stopping the server. */
    Path changeLock() {
        return directory.resolve("change.lock");
    }

    String readPassword() {
        try {
            return Files.readString(password()).strip();
        } catch (IOException e) {
            throw new PostgresStartException("Cannot read " + password() + ", the password of the PostgreSQL in "
                    + directory + " (" + EmbeddedPostgresSettings.DATA_DIR + ")", e);
        }
    }

    void writePasswordUnlessThere() {
        if (Files.exists(password())) {
            return;
        }
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            OwnerOnly.write(password(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        } catch (IOException e) {
            throw new PostgresStartException("Cannot write " + password(), e);
        }
    }
}
