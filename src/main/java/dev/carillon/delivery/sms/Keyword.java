package dev.carillon.delivery.sms;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keywords by which people stop messages from a number and allow them again, as carriers and Twilio know them. */
enum Keyword {
    STOP("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"),
    START("START", "YES", "UNSTOP");

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Set<String> words;

    Keyword(String... words) {
        this.words = Set.of(words);
    }

    /**
     * The keyword, if the message is nothing else, however it is written: {@code Stop!}, {@code "opt-out"}. Null for
     * any other message.
     */
    static @Nullable Keyword of(String message) {
        var word = NO_LETTER
                .matcher(Normalizer.normalize(message, Normalizer.Form.NFKC))
                .replaceAll("")
                .toUpperCase(Locale.ROOT);
        return STOP.words.contains(word) ? STOP : START.words.contains(word) ? START : null;
    }
}
