package dev.carillon.notification.template;

import dev.carillon.platform.value.Invisible;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses language tags wherever they occur: requests, events, traits, rules, settings and file names. BCP 47 has one
 * form ({@code de-AT}, {@code zh-Hant-TW}); people, browsers and operating systems use many.
 */
public final class LocaleTag {

    /**
     * The form of a tag. Longer ones say nothing that texts depend on, nor do extensions such as {@code
     * -u-ca-buddhist}.
     */
    public static final String FORM =
            "[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}([-_][A-Za-z0-9]([-_][A-Za-z0-9]{1,8}){1,8}){0,4}([.][A-Za-z0-9-]{1,20})?(@[A-Za-z]{1,20})?";

    /** The error text for a field that must hold a language. */
    public static final String IN_WORDS = "must be a language tag such as de or de-AT";

    private static final Pattern TAG = Pattern.compile("(?<tag>[^.@]+)([.][^@]*)?(@(?<modifier>.*))?");

    /** The scripts of POSIX modifiers behind {@code @}; empty for modifiers that say nothing about the language. */
    private static final Map<String, String> MODIFIERS =
            Map.of("euro", "", "latin", "Latn", "cyrillic", "Cyrl", "devanagari", "Deva");

    /** ISO 639-2/B where it is not as ISO 639-3, and single languages that are meant where their family has the short code. */
    private static final Map<String, String> OTHERWISE = Stream.of(
                    "alb sq", "arm hy", "baq eu", "bur my", "chi zh", "cze cs", "dut nl", "fre fr", "geo ka", "ger de",
                    "gre el", "ice is", "mac mk", "mao mi", "may ms", "per fa", "rum ro", "slo sk", "tib bo", "wel cy",
                    "cmn zh", "arb ar", "zsm ms", "swh sw", "pes fa", "ekk et", "lvs lv", "uzn uz", "azj az", "khk mn",
                    "npi ne", "ory or", "als sq", "plt mg", "ydd yi")
            .map(pair -> pair.split(" "))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

    /** ISO 3166 in three letters, as {@code por-BRA} has it: {@code BRA} is {@code BR}. */
    private static final Map<String, String> COUNTRIES = Arrays.stream(Locale.getISOCountries())
            .collect(Collectors.toUnmodifiableMap(code -> new Locale("", code).getISO3Country(), code -> code));

    private static final Pattern LONG_COUNTRY =
            Pattern.compile("^([A-Za-z]{2,3}(?:-[A-Za-z]{4})?-)([A-Za-z]{3})(?=-|$)");

    /** ISO 639-3: {@code deu} is {@code de}. */
    private static final Map<String, String> SHORTER = Arrays.stream(Locale.getISOLanguages())
            .filter(code -> !threeLetters(code).isEmpty())
            .collect(Collectors.toUnmodifiableMap(
                    LocaleTag::threeLetters, code -> Locale.forLanguageTag(code).getLanguage(), (one, other) -> one));

    private LocaleTag() {}

    /** {@code de-AT}, {@code de_at}, {@code DE} and {@code de_DE.UTF-8} are ones; {@code German} is none. */
    public static Optional<Locale> read(@Nullable Object written) {
        return written instanceof String text ? seen(Invisible.dropped(text)) : Optional.empty();
    }

    private static Optional<Locale> seen(String text) {
        if (!text.matches(FORM)) {
            return Optional.empty();
        }
        Matcher parts = TAG.matcher(text);
        String script = !parts.matches()
                ? null
                : parts.group("modifier") == null
                        ? ""
                        : MODIFIERS.get(parts.group("modifier").toLowerCase(Locale.ROOT));
        return script == null ? Optional.empty() : read(parts.group("tag").replace('_', '-'), script);
    }

    private static Optional<Locale> read(String tag, String script) {
        try {
            Locale.Builder builder =
                    new Locale.Builder().setLanguageTag(shortCountry(tag)).clearExtensions();
            Locale locale = builder.build();
            builder.setLanguage(shortest(locale.getLanguage()));
            return locale.getLanguage().isEmpty()
                    ? Optional.empty()
                    : Optional.of((script.isEmpty() ? builder : builder.setScript(script)).build());
        } catch (IllformedLocaleException none) {
            return Optional.empty(); // what people write about themselves need not be a language
        }
    }

    private static String shortest(String language) {
        String other = OTHERWISE.getOrDefault(language, language);
        return SHORTER.getOrDefault(other, other);
    }

    /** BCP 47 would read three letters here as a language, which nobody means who writes a country. */
    private static String shortCountry(String tag) {
        Matcher parts = LONG_COUNTRY.matcher(tag);
        String country = parts.find() ? COUNTRIES.get(parts.group(2).toUpperCase(Locale.ROOT)) : null;
        return country == null ? tag : parts.group(1) + country + tag.substring(parts.end());
    }

    /** The normal form, as files are named: {@code de-AT} for {@code de_at}; null if it is no language. */
    static @Nullable String canonical(String written) {
        return read(written).map(Locale::toLanguageTag).orElse(null);
    }

    /** The entry for a language, or for the nearest of its parents; empty if there is none. */
    static <T> Optional<T> nearest(Locale wanted, Map<String, T> byTag) {
        return withParents(wanted.toLanguageTag()).stream()
                .filter(byTag::containsKey)
                .findFirst()
                .map(byTag::get);
    }

    /** The languages to try for this one: itself first, then its parents; see {@link ParentLocales}. */
    static List<String> withParents(String tag) {
        return ParentLocales.of(tag);
    }

    /**
     * The part of {@link #withParents} that is the same language in the same script. One message may be composed from
     * these.
     */
    static List<String> withKin(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        String script = ParentLocales.scriptOf(locale);
        return withParents(tag).stream()
                .filter(one -> {
                    Locale other = Locale.forLanguageTag(one);
                    String theirs = ParentLocales.scriptOf(other);
                    return other.getLanguage().equals(locale.getLanguage()) && script.equals(theirs);
                })
                .toList();
    }

    private static String threeLetters(String code) {
        try {
            return Locale.forLanguageTag(code).getISO3Language();
        } catch (MissingResourceException none) {
            return "";
        }
    }
}
