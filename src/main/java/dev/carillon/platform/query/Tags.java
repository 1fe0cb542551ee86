package dev.carillon.platform.query;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Entity tags as requests name them. */
final class Tags {

    private Tags() {
    }

    static String of(String version) {
        return '"' + version + '"';
    }

    /** Whether a list of tags names the version in force. Hand-written ones may come without quotes, and caches make weak ones of ours. */
    static boolean name(String tags, @Nullable String inForce) {
        return inForce != null && Arrays.stream(tags.split(",")).map(String::strip).map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(inForce) || tag.equals(of(inForce)));
    }
}
