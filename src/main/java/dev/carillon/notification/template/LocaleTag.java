package dev.carillon.notification.template;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Reads BCP 47 language tags such as {@code de-AT}: people write them in many ways, and files in one. */
public final class LocaleTag {

    /** How a tag may look; longer ones say nothing that words could follow. */
    public static final String FORM = "[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}";

    private static final Pattern TAG = Pattern.compile(FORM);

    private LocaleTag() {
    }

    /** {@code de-AT}, {@code de_at} and {@code DE} are ones; {@code German} is none. */
    public static Optional<Locale> read(@Nullable Object written) {
        if (!(written instanceof String text) || !TAG.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Locale.Builder().setLanguageTag(text.replace('_', '-')).build());
        } catch (IllformedLocaleException none) {
            return Optional.empty();                        // what people write about themselves need not be a language
        }
    }

    /** Whether it is written as files are named: {@code de-AT}, not {@code de_at}. */
    static boolean isCanonical(String tag) {
        return read(tag).filter(locale -> locale.toLanguageTag().equals(tag)).isPresent();
    }

    /** What there is in a language, or in the nearest wider one; empty when there is neither. */
    static <T> Optional<T> nearest(Locale wanted, Map<String, T> byTag) {
        for (@Nullable String tag = wanted.toLanguageTag(); tag != null; tag = parent(tag)) {
            T found = byTag.get(tag);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** {@code de-AT} is a kind of {@code de}, which is a kind of nothing: null. */
    static @Nullable String parent(String tag) {
        int cut = tag.lastIndexOf('-');
        return cut < 0 ? null : tag.substring(0, cut);
    }
}
