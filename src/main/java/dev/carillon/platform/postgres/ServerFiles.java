package dev.carillon.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** The files of a data directory. */
record ServerFiles(Path directory) {

    static final String SUPERUSER = "carillon";
    static final String DATABASE = "carillon";

    private static final int PASSWORD_BYTES = 24;
    private static final int KEY_BYTES = 32;

    /** Makes the directory when it is missing; the path is the real one, so that two names of one place are one. */
    static ServerFiles in(Path dataDir) {
        try {
            return new ServerFiles(
                    Files.createDirectories(dataDir.toAbsolutePath()).toRealPath());
        } catch (IOException e) {
            throw new PostgresStartException(
                    "Cannot use " + EmbeddedPostgresSettings.DATA_DIR + " " + dataDir.toAbsolutePath(), e);
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

    /** Encrypts the secrets in the database: a copy of {@link #data()} alone gives none of them away. */
    Path encryptionKey() {
        return directory.resolve("encryption-key");
    }

    Path log() {
        return directory.resolve("server.log");
    }

    /** Held shared by every JVM that uses the server. */
    Path usersLock() {
        return directory.resolve("users.lock");
    }

    /** Lets one caller at a time start or stop the server, across all JVMs and all class loaders of one JVM. */
    <T> T whileChanging(Supplier<T> change) {
        var file = directory.resolve("change.lock");
        // file locks belong to the JVM, so within it they exclude nobody; an interned string is the same for all class
        // loaders
        synchronized (("carillon change lock " + file).intern()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return change.get();
            } catch (IOException e) {
                throw new PostgresStartException("Cannot lock " + file, e);
            }
        }
    }

    String readPassword() {
        return read(password(), "the password");
    }

    void writePasswordUnlessThere() {
        if (!Files.exists(password())) {
            write(password(), Base64.getUrlEncoder().withoutPadding().encodeToString(random(PASSWORD_BYTES)));
        }
    }

    /** Made where there is none; every JVM that uses the data directory gets the same. */
    String ensureEncryptionKey() {
        return whileChanging(() -> {
            if (!Files.exists(encryptionKey())) {
                write(encryptionKey(), Base64.getEncoder().encodeToString(random(KEY_BYTES)));
            }
            return read(encryptionKey(), "the encryption key");
        });
    }

    private String read(Path file, String what) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new PostgresStartException(
                    "Cannot read " + file + ", " + what + " of the PostgreSQL in " + directory + " ("
                            + EmbeddedPostgresSettings.DATA_DIR + ")",
                    e);
        }
    }

    /** Whole or not at all: a process may die at any time. */
    private static void write(Path file, String text) {
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            OwnerOnly.write(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PostgresStartException("Cannot write " + file, e);
        }
    }

    private static byte[] random(int bytes) {
        byte[] secret = new byte[bytes];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
