package dev.carillon.delivery.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a secret that is set directly or as a file. */
final class SecretFile {

    private SecretFile() {}

    /** @throws IllegalStateException naming the key, when there is neither or the file cannot be read */
    static String read(Optional<String> itself, Optional<Path> file, String key) {
        if (itself.isPresent()) {
            return itself.get();
        }
        var path = file.orElseThrow(() -> new IllegalStateException(
                "neither " + key + " nor " + key + "-file is set, but the configured provider needs one"));
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new IllegalStateException(key + "-file=" + path + " cannot be read", unreadable);
        }
    }
}
