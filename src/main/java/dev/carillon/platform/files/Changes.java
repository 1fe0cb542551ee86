package dev.carillon.platform.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Describes for the log how named things changed between two readings of files. */
public final class Changes {

    private Changes() {}

    /** Such as {@code order-shipped changed}, in the order of the names; each reading maps names to what they say or its version. */
    public static List<String> between(Map<String, String> before, Map<String, String> after) {
        List<String> words = new ArrayList<>();
        TreeMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        all.keySet().forEach(name -> {
            if (!before.containsKey(name)) {
                words.add(name + " new");
            } else if (!after.containsKey(name)) {
                words.add(name + " gone");
            } else if (!before.get(name).equals(after.get(name))) {
                words.add(name + " changed");
            }
        });
        return words;
    }
}
