package dev.carillon.delivery.email;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;

/**
 * Encodes text for a header (RFC 2047). The mail client's own encoder splits characters beyond 16 bits. It also passes
 * text that only looks encoded, which a reader would decode into something nobody has checked.
 */
final class EncodedWords {

    /** In bytes before Base64: an encoded word may have at most 75 characters, with its frame. */
    private static final int LONGEST = 45;
    /** A line of ASCII must not be longer than 998; the header's name comes on top. */
    private static final int LONGEST_LINE = 900;

    private EncodedWords() {}

    /** @param text of one line */
    static String of(String text) {
        boolean plain = text.length() <= LONGEST_LINE
                && text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                && !text.contains("=?");
        return plain ? text : always(text);
    }

    /** Encoded although it need not be: of what is encoded no comma or bracket means anything. */
    static String always(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        int bytes = 0;
        for (int c : text.codePoints().toArray()) {
            var character = Character.toString(c);
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > LONGEST) {
                words.add(word(word));
                word.setLength(0);
                bytes = 0;
            }
            word.append(character);
            bytes += size;
        }
        words.add(word(word));
        return String.join("\r\n ", words);
    }

    private static String word(CharSequence text) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8))
                + "?=";
    }
}
