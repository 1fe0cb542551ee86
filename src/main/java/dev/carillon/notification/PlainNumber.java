package dev.carillon.notification;

import dev.carillon.platform.json.JsonLimits;
import java.math.BigDecimal;

/**
 * Writes a number inside a business key, so that both doors write the same key for the same fact.
 *
 * <p>Plain decimal digits, no exponent, no trailing zeros, no sign on zero: {@code 149.990} is {@code 149.99}, {@code
 * 120.0} and {@code 120} are {@code 120}, {@code 1e3} is {@code 1000}.
 */
public final class PlainNumber {

    private PlainNumber() {}

    /**
     * The number in its one written form.
     *
     * @throws IllegalArgumentException for what is beyond 64 bits, NaN and the infinities, which have none
     */
    public static String of(Number number) {
        if (!JsonLimits.isOf64Bits(number)) {
            throw new IllegalArgumentException("no plain form");
        }
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
