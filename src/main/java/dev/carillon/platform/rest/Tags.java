package dev.carillon.platform.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags of a request header (RFC 9110, 8.8.3 and 13.1).
 *
 * @param any  {@code *}: whatever there is
 * @param tags otherwise one of these
 */
record Tags(boolean any, List<Tag> tags) {

    /** One element of the list, or none between two commas. Hand-written tags may come without quotes. */
    private static final Pattern ELEMENT = Pattern.compile(
            "\\G[ \\t]*+(?:(?:(?<weak>W/)?\"(?<quoted>[^\"\\p{Cntrl}]*+)\"|(?<bare>[^\\s\",*]++))[ \\t]*+)?(?:,|\\z)");

    /** @param weak of an answer that is alike, but not the same to the byte */
    record Tag(boolean weak, String version) {}

    /**
     * @param header whose value it is
     * @throws ProblemException 400 when it is no list of tags
     */
    static Tags of(String header, String value) {
        if (value.strip().equals("*")) {
            return new Tags(true, List.of());
        }
        var tags = new ArrayList<Tag>();
        int end = 0;
        for (var next = ELEMENT.matcher(value); next.find(); end = next.end()) {
            var version = next.group("quoted") == null ? next.group("bare") : next.group("quoted");
            if (version != null) {
                tags.add(new Tag(next.group("weak") != null, version));
            }
        }
        if (tags.isEmpty() || end < value.length()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, header + " must be * or a list of entity tags such as \"3\"");
        }
        return new Tags(false, List.copyOf(tags));
    }

    static String of(String version) {
        return '"' + version + '"';
    }

    /** For changes: what is only alike will not do. */
    boolean nameExactly(@Nullable String inForce) {
        return inForce != null && (any || tags.contains(new Tag(false, inForce)));
    }

    /** Whether the client has this version already. Weak comparison, because caches turn our tags into weak ones. */
    boolean name(@Nullable String inForce) {
        return inForce != null
                && (any || tags.stream().anyMatch(tag -> tag.version().equals(inForce)));
    }
}
