package dev.carillon.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.math.BigDecimal;

/** Accepts 3.0 as a whole number, as JSON Schema does; 3.5 is refused. */
final class WholeNumber extends StdScalarDeserializer<Integer> {

    private static final BigDecimal LEAST = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    WholeNumber() {
        super(Integer.class);
    }

    /** What may be made of a text is asked by this. */
    @Override
    public LogicalType logicalType() {
        return LogicalType.Integer;
    }

    @Override
    public Integer deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            var number = parser.getDecimalValue();
            if (number.compareTo(LEAST) >= 0
                    && number.compareTo(MOST) <= 0
                    && number.stripTrailingZeros().scale() <= 0) {
                return number.intValue();
            }
        }
        return _parseInteger(parser, context, Integer.class);
    }
}
