package dev.carillon.notification.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The source files of one type.
 *
 * @param files file name, such as {@code email.de.html}, to content
 */
public record TypeText(String type, SortedMap<String, String> files) {

    /** The file that says what the type is. */
    public static final String TYPE_FILE = "type.yaml";

    public TypeText(String type, Map<String, String> files) {
        this(type, Collections.unmodifiableSortedMap(new TreeMap<>(files)));
    }

    /** Changes whenever a file does. */
    public String fingerprint() {
        MessageDigest digest = sha256();
        files.forEach((name, content) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(content.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
