package dev.carillon.notification.template;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fallback languages when a type has no texts in the language asked for. The JDK's look-up of resource bundles
 * handles Norwegian and Chinese ({@code nb} and {@code nn} fall back to {@code no}, {@code zh-HK} to {@code zh-Hant}).
 * It lacks the CLDR parents that are not part of the tag ({@code es-MX} to {@code es-419}, {@code pt-AO} to {@code
 * pt-PT}), and it treats a language in another script as a parent ({@code sr-Latn} must not fall back to {@code sr}).
 */
final class ParentLocales {

    private static final String CHINESE = "zh";
    private static final ResourceBundle.Control LOOKUP =
            ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_DEFAULT);

    /** CLDR 47, supplemental/parentLocales: parent, and the regions of its language that it is the parent of. */
    private static final Map<String, String> BY_PARENT = Map.of(
            "es-419", "AR BO BR BZ CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE",
            "pt-PT", "AO CH CV FR GQ GW LU MO MZ ST TL",
            "en-150", "AT BE CH DE DK FI NL SE SI",
            "en-001",
                    "150 AG AI AU BB BM BS BW BZ CC CK CM CX CY DG DM ER FJ FK FM GB GD GG GH GI GM GY HK IE IL IM IN IO JE JM KE KI KN KY LC LR LS"
                            + " MG MO MS MT MU MV MW MY NA NF NG NR NU NZ PG PK PN PW RW SB SC SD SG SH SL SS SX SZ TC TK TO TT TV TZ UG VC VG VU WS ZA ZM ZW",
            "zh-Hant-HK", "Hant-MO");

    /** The only parent in another language. */
    private static final Map<String, String> ELSEWHERE = Map.of("hi-Latn", "en-IN");

    private static final Map<String, String> PARENTS = parents();

    /** Caches the few languages that every message uses. The cache is bounded, because callers may invent languages. */
    private static final Map<String, List<String>> KNOWN = new ConcurrentHashMap<>();

    private static final int REMEMBERED = 1_000;

    private ParentLocales() {}

    /** The language itself, then its parents, the nearest first. */
    static List<String> of(String tag) {
        List<String> known = KNOWN.get(tag);
        if (known != null) {
            return known;
        }
        Set<String> line = new LinkedHashSet<>();
        follow(Locale.forLanguageTag(tag), line);
        List<String> found = List.copyOf(line);
        if (KNOWN.size() < REMEMBERED) {
            KNOWN.put(tag, found);
        }
        return found;
    }

    /** The script that is written, or that the region says to the lookup; else the one of the language. */
    static String scriptOf(Locale locale) {
        return Scripts.of(candidates(locale).get(0));
    }

    private static void follow(Locale locale, Set<String> line) {
        if (!line.add(locale.toLanguageTag())) {
            return;
        }
        String parent = PARENTS.get(locale.toLanguageTag());
        if (parent != null) {
            follow(Locale.forLanguageTag(parent), line);
        }
        List<Locale> candidates = candidates(locale);
        if (Scripts.isOfRegion(locale)) {
            follow(
                    new Locale.Builder()
                            .setLocale(locale)
                            .setScript(Scripts.of(locale))
                            .build(),
                    line); // sr-ME is sr-Latn-ME
        }
        for (Locale candidate : candidates) {
            if (!Scripts.areRead(locale, candidate)) {
                continue;
            }
            if (!candidate.getLanguage().equals(CHINESE)) {
                if (PARENTS.containsKey(candidate.toLanguageTag())) {
                    follow(candidate, line); // en-Latn-GB is en-GB, which has parents of its own
                }
                line.add(candidate.toLanguageTag());
                continue;
            }
            Locale withoutScript =
                    new Locale.Builder().setLocale(candidate).setScript("").build();
            if (!candidate.getCountry().isEmpty() && candidate.getScript().equals(scriptOf(withoutScript))) {
                follow(withoutScript, line); // zh-Hant-HK is zh-HK, and nearer to it than what all who write so share
            }
            follow(candidate, line); // zh-TW before zh: who reads Hant reads the other Hant first
        }
        Locale last = candidates.get(candidates.size() - 1);
        if (!last.getLanguage().equals(locale.getLanguage())) {
            candidates(last).stream()
                    .filter(one -> Scripts.areRead(locale, one))
                    .forEach(one -> line.add(one.toLanguageTag())); // from nn by no to nb
        }
    }

    private static List<Locale> candidates(Locale locale) {
        return LOOKUP.getCandidateLocales("words", locale).stream()
                .filter(candidate -> !candidate.equals(Locale.ROOT))
                .toList();
    }

    private static Map<String, String> parents() {
        Map<String, String> parents = new HashMap<>(ELSEWHERE);
        BY_PARENT.forEach((parent, children) -> {
            for (String child : children.split(" ")) {
                parents.put(parent.substring(0, 3) + child, parent);
            }
        });
        return Map.copyOf(parents);
    }
}
