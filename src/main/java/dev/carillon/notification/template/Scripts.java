package dev.carillon.notification.template;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The script of a language whose tag names none. Readers of Serbian in Latin script may not read Cyrillic. */
final class Scripts {

    private static final String LATIN = "Latn";
    private static final String CHINESE = "zh";
    private static final Set<String> HAN = Set.of("Hans", "Hant");

    /** CLDR 47, supplemental/likelySubtags: the languages of each script; all others are written in Latin letters. */
    private static final Map<String, String> BY_LANGUAGE = byTag(Map.ofEntries(
            Map.entry(
                    "Arab",
                    "ar arz bal bgn brh ckb dcc fa glk ha-CM ha-SD haz hno kk-AF kk-CN kk-IR kk-MN ks ku-IQ ku-LB ky-CN lah lrc luz ms-CC mzn pa-PK pnb prs ps sd sdh skr"
                            + " tg-PK ug ur uz-AF az-IQ az-IR"),
            Map.entry("Armn", "hy"),
            Map.entry("Beng", "as bn"),
            Map.entry("Cans", "cr iu"),
            Map.entry("Cher", "chr"),
            Map.entry(
                    "Cyrl",
                    "ab av az-RU ba be bg bua ce cu cv kbd kk krc kv ky lez mdf mk mn myv os ru rue sah sr tg tt tyv udm ug-KZ ug-MN uk uz-CN"),
            Map.entry("Deva", "awa bho brx doi hi kok mai mr mwr ne new sa sd-IN xnr"),
            Map.entry("Ethi", "am byn gez ti tig wal"),
            Map.entry("Geor", "ka xmf"),
            Map.entry("Grek", "el"),
            Map.entry("Gujr", "gu"),
            Map.entry("Guru", "pa"),
            Map.entry("Hans", "zh yue-CN"),
            Map.entry("Hant", "yue"),
            Map.entry("Hebr", "he yi"),
            Map.entry("Jpan", "ja"),
            Map.entry("Khmr", "km"),
            Map.entry("Knda", "kn tcy"),
            Map.entry("Kore", "ko"),
            Map.entry("Laoo", "lo"),
            Map.entry(LATIN, "ky-TR sr-ME sr-RO sr-TR ku-TR"),
            Map.entry("Mlym", "ml"),
            Map.entry("Mong", "mn-CN"),
            Map.entry("Mtei", "mni"),
            Map.entry("Mymr", "my shn"),
            Map.entry("Nkoo", "nqo"),
            Map.entry("Olck", "sat"),
            Map.entry("Orya", "or"),
            Map.entry("Sinh", "si"),
            Map.entry("Syrc", "syr"),
            Map.entry("Taml", "ta"),
            Map.entry("Telu", "te"),
            Map.entry("Tfng", "shi zgh"),
            Map.entry("Thaa", "dv"),
            Map.entry("Thai", "th"),
            Map.entry("Tibt", "bo dz"),
            Map.entry("Vaii", "vai"),
            Map.entry("Yiii", "ii")));

    private Scripts() {}

    /** The one that is written, else the one of the region, else the one of the language. */
    static String of(Locale locale) {
        if (!locale.getScript().isEmpty()) {
            return locale.getScript();
        }
        String language = BY_LANGUAGE.getOrDefault(locale.getLanguage(), LATIN);
        return BY_LANGUAGE.getOrDefault(locale.getLanguage() + "-" + locale.getCountry(), language);
    }

    /** Whether the region says another script than the language alone does. */
    static boolean isOfRegion(Locale locale) {
        return locale.getScript().isEmpty()
                && BY_LANGUAGE.containsKey(locale.getLanguage() + "-" + locale.getCountry());
    }

    /** Whether who reads the one can be expected to read the other: the same script, or both of those of Chinese. */
    static boolean areRead(Locale one, Locale other) {
        String script = of(one);
        String theirs = of(other);
        return script.equals(theirs)
                || one.getLanguage().equals(CHINESE) && HAN.contains(script) && HAN.contains(theirs);
    }

    private static Map<String, String> byTag(Map<String, String> byScript) {
        Map<String, String> scripts = new HashMap<>();
        byScript.forEach((script, tags) -> {
            for (String tag : tags.split(" ")) {
                scripts.put(tag, script);
            }
        });
        return Map.copyOf(scripts);
    }
}
