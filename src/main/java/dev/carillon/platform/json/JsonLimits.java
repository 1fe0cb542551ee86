package dev.carillon.platform.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Limits the depth and length of JSON. The limits apply while reading, before anything is built. */
public final class JsonLimits {

    /** Objects and arrays inside each other. */
    public static final int DEPTH = 64;
    /** Characters of one string. */
    public static final int STRING = 1 << 20;
    /** Characters of one name. */
    public static final int NAME = 50_000;
    /** Digits of one number. */
    public static final int NUMBER = 100;
    /** Names, values, and beginnings and ends of objects and arrays: two bytes of such may take fifty of the heap. */
    public static final long TOKENS = 500_000;

    /** Beyond the smallest double and all digits a number may have. */
    private static final int FARTHEST_DIGIT = 512;

    private JsonLimits() {}

    /**
     * Whether a number is within 64 bits: a whole one a long, another one in the range of a double. It may have more digits than
     * a double, and keeps them; but printing 1e-1000000000 would take all the memory there is.
     */
    public static boolean isOf64Bits(Number number) {
        if (number instanceof BigInteger whole) {
            return whole.bitLength() < Long.SIZE;
        }
        if (number instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.scale()) <= FARTHEST_DIGIT
                    && Double.isFinite(decimal.doubleValue())
                    && (decimal.signum() == 0 || decimal.doubleValue() != 0);
        }
        return Double.isFinite(number.doubleValue());
    }
}
