package dev.carillon.delivery;

/** An address one may log: enough to recognise it by, too little to use it. */
public final class MaskedAddress {

    private MaskedAddress() {
    }

    /** {@code alice@example.com} becomes {@code a***@example.com}; {@code +1-555-0101} becomes {@code ***01}. */
    public static String of(String address) {
        int at = address.indexOf('@');
        if (at > 0) {
            return address.charAt(0) + "***" + address.substring(at);
        }
        return "***" + address.substring(Math.max(address.length() - 2, 0));
    }
}
