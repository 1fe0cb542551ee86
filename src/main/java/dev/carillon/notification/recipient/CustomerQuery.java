package dev.carillon.notification.recipient;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What customers are searched by: always the beginning of an id, and besides, as its form says, the beginning of an email address,
 * the beginning of a phone number, or the beginnings of the words of a name.
 *
 * @param text as it was typed
 * @param kind what it may be besides an id
 * @param keys what is looked for: of a name the words, the longest first
 */
record CustomerQuery(String text, SearchedBy kind, List<String> keys) {

    enum SearchedBy {
        NOTHING,
        EMAIL,
        PHONE,
        NAME
    }

    private static final int MOST_WORDS = 6;
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()./-]{3,}");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s.,;:'’\"()/_-]+");

    /** @param canonicalPhone the number as it is kept, where it is a whole one */
    static CustomerQuery of(String text, @Nullable String canonicalEmail, @Nullable String canonicalPhone) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            return new CustomerQuery("", SearchedBy.NOTHING, List.of());
        }
        if (stripped.contains("@")) {
            var email = canonicalEmail == null ? stripped : canonicalEmail;
            return new CustomerQuery(stripped, SearchedBy.EMAIL, List.of(email.toLowerCase(Locale.ROOT)));
        }
        if (PHONE.matcher(stripped).matches()) {
            var phone = canonicalPhone == null
                    ? "+" + stripped.replaceAll("[^0-9]", "").replaceFirst("^00", "")
                    : canonicalPhone;
            return new CustomerQuery(stripped, SearchedBy.PHONE, List.of(phone));
        }
        return new CustomerQuery(
                stripped,
                SearchedBy.NAME,
                Arrays.stream(BETWEEN_WORDS.split(stripped.toLowerCase(Locale.ROOT)))
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .sorted(Comparator.comparing(String::length).reversed())
                        .limit(MOST_WORDS)
                        .toList());
    }
}
