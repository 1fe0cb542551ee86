package dev.carillon.platform.json;

/** How deep and how long JSON may be: refused while it is read, before anything is built of it. */
public final class JsonLimits {

    /** Objects and arrays inside each other. */
    public static final int DEPTH = 64;
    /** Characters of one string or name. */
    public static final int STRING = 1 << 20;
    /** Digits of one number. */
    public static final int NUMBER = 100;

    private JsonLimits() {
    }
}
