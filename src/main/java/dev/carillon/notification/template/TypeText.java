package dev.carillon.notification.template;

import dev.carillon.platform.value.Sha256;
import java.util.Collections;
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
        var all = new StringBuilder();
        files.forEach(
                (name, content) -> all.append(name).append('\0').append(content).append('\0'));
        return Sha256.hex(all.toString(), 6);
    }
}
