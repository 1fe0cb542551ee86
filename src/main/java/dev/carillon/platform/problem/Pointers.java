package dev.carillon.platform.problem;

/** Builds RFC 6901 JSON pointers. */
public final class Pointers {

    private Pointers() {
    }

    /** One step down, with its slash: {@code a/b} becomes {@code /a~1b}. */
    public static String step(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
