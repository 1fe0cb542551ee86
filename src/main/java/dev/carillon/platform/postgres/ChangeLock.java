package dev.carillon.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** Lets one caller at a time start or stop a server, across all JVMs and all class loaders of one JVM. */
record ChangeLock(Path file) {

    <T> T whileHolding(Supplier<T> change) {
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
}
