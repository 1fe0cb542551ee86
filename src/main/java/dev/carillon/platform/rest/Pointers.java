package dev.carillon.platform.rest;

import dev.carillon.platform.value.Surrogates;

/** Builds RFC 6901 JSON pointers. */
public final class Pointers {

    /** Of a name: who sends longer ones sees where they begin, and no pointer, of which there may be one for each value, repeats all of it. */
    private static final int LONGEST = 100;

    private Pointers() {}

    /** One step down, with its slash: {@code a/b} becomes {@code /a~1b}. A very long name is cut, and half a surrogate pair is U+FFFD, for no answer can hold it. */
    public static String step(String name) {
        var shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
        return "/" + Surrogates.replaced(shown).replace("~", "~0").replace("/", "~1");
    }
}
