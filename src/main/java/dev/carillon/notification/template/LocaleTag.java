package dev.carillon.notification.template;

import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Reads languages, wherever somebody names one: in requests, events, traits, rules, settings and names of files. BCP 47 has one form
 * ({@code de-AT}, {@code zh-Hant-TW}), and people, browsers and operating systems have many.
 */
public final class LocaleTag {

    /** How a tag may look; longer ones say nothing that words could follow. */
    public static final String FORM = "[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}([.][A-Za-z0-9-]{1,20})?(@[A-Za-z]{1,20})?";

    /** What a field must hold that names a language. */
    public static final String IN_WORDS = "must be a language tag such as de or de-AT";

    private static final Pattern TAG = Pattern.compile("(?<tag>[^.@]+)([.][^@]*)?(@(?<modifier>.*))?");

    /** What POSIX says of a script behind {@code @}; empty for what says nothing of the language. */
    private static final Map<String, String> MODIFIERS = Map.of("euro", "", "latin", "Latn", "cyrillic", "Cyrl", "devanagari", "Deva");

    /** ISO 639-3: {@code deu} is {@code de}. */
    private static final Map<String, String> SHORTER = Arrays.stream(Locale.getISOLanguages()).filter(code -> !threeLetters(code).isEmpty())
            .collect(Collectors.toUnmodifiableMap(LocaleTag::threeLetters, code -> Locale.forLanguageTag(code).getLanguage(), (one, other) -> one));

    private LocaleTag() {
    }

    /** {@code de-AT}, {@code de_at}, {@code DE} and {@code de_DE.UTF-8} are ones; {@code German} is none. */
    public static Optional<Locale> read(@Nullable Object written) {
        if (!(written instanceof String text) || !text.matches(FORM)) {
            return Optional.empty();
        }
        Matcher parts = TAG.matcher(text);
        String script = !parts.matches() ? null : parts.group("modifier") == null ? "" : MODIFIERS.get(parts.group("modifier").toLowerCase(Locale.ROOT));
        return script == null ? Optional.empty() : read(parts.group("tag").replace('_', '-'), script);
    }

    private static Optional<Locale> read(String tag, String script) {
        try {
            Locale.Builder builder = new Locale.Builder().setLanguageTag(tag);
            Locale locale = builder.build();
            builder.setLanguage(SHORTER.getOrDefault(locale.getLanguage(), locale.getLanguage()));
            return locale.getLanguage().isEmpty() ? Optional.empty() : Optional.of((script.isEmpty() ? builder : builder.setScript(script)).build());
        } catch (IllformedLocaleException none) {
            return Optional.empty();                        // what people write about themselves need not be a language
        }
    }

    /** As files are named in their one form: {@code de-AT} for {@code de_at}; null for what is no language. */
    static @Nullable String canonical(String written) {
        return read(written).map(Locale::toLanguageTag).orElse(null);
    }

    /** What there is in a language, or in the nearest of its parents; empty when there is nothing in any. */
    static <T> Optional<T> nearest(Locale wanted, Map<String, T> byTag) {
        return withParents(wanted.toLanguageTag()).stream().filter(byTag::containsKey).findFirst().map(byTag::get);
    }

    /** In which languages somebody is spoken to who wants this one: that first, then its parents; see {@link ParentLocales}. */
    static List<String> withParents(String tag) {
        return ParentLocales.of(tag);
    }

    /** Those of {@link #withParents} that are the same language in the same script: of these a message may be put together. */
    static List<String> withKin(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        String script = ParentLocales.scriptOf(locale);
        return withParents(tag).stream().filter(one -> {
            Locale other = Locale.forLanguageTag(one);
            String theirs = ParentLocales.scriptOf(other);
            return other.getLanguage().equals(locale.getLanguage()) && (script.equals(theirs) || theirs.isEmpty() && script.equals("Hans"));
        }).toList();
    }

    private static String threeLetters(String code) {
        try {
            return Locale.forLanguageTag(code).getISO3Language();
        } catch (MissingResourceException none) {
            return "";
        }
    }
}
