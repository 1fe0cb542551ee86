package dev.carillon.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JVM's share of a server: a shared file lock, which the operating system releases when the JVM dies. Take and
 * release it only in {@link ServerFiles#whileChanging}.
 */
final class ServerShare {

    /** Remembers per data directory that this JVM has its share; live reload runs everything again in a new class loader. */
    private static final String HELD = "carillon.embedded-postgres.held.";

    private final FileChannel channel;
    private final FileLock shared;
    private final String held;

    private ServerShare(FileChannel channel, FileLock shared, String held) {
        this.channel = channel;
        this.shared = shared;
        this.held = held;
    }

    /** Empty when this JVM has its share already. */
    static Optional<ServerShare> take(Path usersLock) {
        String held = HELD + usersLock;
        if (System.getProperty(held) != null) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(
                    usersLock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            ServerShare share = new ServerShare(channel, channel.lock(0, Long.MAX_VALUE, true), held);
            System.setProperty(held, "true");
            return Optional.of(share);
        } catch (IOException e) {
            throw new PostgresStartException("Cannot lock " + usersLock, e);
        }
    }

    /** Runs the given task when no other JVM has a share. */
    void giveUp(Runnable whenLast) throws IOException {
        try (channel) {
            shared.release();
            @Nullable FileLock alone = channel.tryLock();
            if (alone != null) {
                whenLast.run();
            }
        } finally {
            System.clearProperty(held);
        }
    }
}
