package dev.carillon.delivery;

/** Masks an address for the log: enough to recognise it, too little to use it. */
public final class MaskedAddress {

    private static final int SHOWS_ITS_END = 6;

    private MaskedAddress() {}

    /**
     * {@code alice@example.com} becomes {@code a***@example.com}; {@code +12025550101} becomes {@code ***01}. Of what is too
     * short to hide anything nothing is shown, and nothing that could begin a new log line.
     */
    public static String of(String address) {
        var plain = address.codePoints()
                .filter(c -> !Character.isISOControl(c) && c != 0x2028 && c != 0x2029)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int at = plain.lastIndexOf('@');
        if (at > 1 && plain.indexOf('/') < 0) { // after an @ of a URL there may be a secret
            return plain.substring(0, plain.offsetByCodePoints(0, 1)) + "***" + plain.substring(at);
        }
        return at < 0 && plain.length() >= SHOWS_ITS_END ? "***" + plain.substring(plain.length() - 2) : "***";
    }
}
