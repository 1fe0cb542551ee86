package dev.carillon.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Creates files and directories that only their owner can read or change, if the file system has owners. */
final class OwnerOnly {

    private OwnerOnly() {}

    /** Attributes for {@link Files#createDirectories} below the given place. */
    static FileAttribute<?>[] directory(Path place) {
        return attributes(place, "rwx------");
    }

    /** On the disk when it returns. */
    static void write(Path file, String text) throws IOException {
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, attributes(file, "rw-------"))) {
            channel.write(StandardCharsets.UTF_8.encode(text));
            channel.force(true);
        }
    }

    /** Refuses a directory that someone else prepared below a shared place: programs are run from it. */
    static void requireOwn(Path directory) throws IOException {
        if (!posix(directory)) {
            return;
        }
        String owner = Files.getOwner(directory).getName();
        String user = System.getProperty("user.name");
        boolean othersWrite = Files.getPosixFilePermissions(directory).stream()
                .anyMatch(p -> p.name().equals("OTHERS_WRITE"));
        if (!owner.equals(user) || othersWrite) {
            throw new IOException(
                    directory + " belongs to " + owner + " or is writable by others; it must be " + user + "'s own");
        }
    }

    private static FileAttribute<?>[] attributes(Path place, String permissions) {
        Set<?> known = place.getFileSystem().supportedFileAttributeViews();
        if (!known.contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static boolean posix(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
