package dev.carillon.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads numbers whose exponent no {@link BigDecimal} holds, such as {@code 1E2147483648}, as an out-of-range number. So
 * the check of that field refuses them, not the parser the whole body.
 */
final class AnyNumber extends JsonParserDelegate {

    private static final BigDecimal OUT_OF_RANGE = BigDecimal.ONE.scaleByPowerOfTen(1_000_000_000);

    AnyNumber(JsonParser parser) {
        super(parser);
    }

    @Override
    public BigDecimal getDecimalValue() throws IOException {
        try {
            return delegate.getDecimalValue();
        } catch (NumberFormatException beyondAllScales) {
            return OUT_OF_RANGE;
        }
    }

    @Override
    public Number getNumberValue() throws IOException {
        try {
            return delegate.getNumberValue();
        } catch (NumberFormatException beyondAllScales) {
            return OUT_OF_RANGE;
        }
    }
}
