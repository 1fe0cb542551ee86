package dev.carillon.platform.rest;

import dev.carillon.platform.value.Surrogates;

/** Builds RFC 6901 JSON pointers. */
public final class Pointers {

    /** The longest shown name. There may be a pointer for each value, so none repeats a long name in full. */
    private static final int LONGEST = 100;

    private Pointers() {}

    /**
     * One step down, with its slash: {@code a/b} becomes {@code /a~1b}. A very long name is cut, and an unpaired
     * surrogate becomes U+FFFD, because no answer can hold it.
     */
    public static String step(String name) {
        var shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
        return "/" + Surrogates.replaced(shown).replace("~", "~0").replace("/", "~1");
    }
}
