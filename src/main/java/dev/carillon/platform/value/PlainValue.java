package dev.carillon.platform.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value converted to its kind, as templates see it: text, decimal, boolean, date, or a list or map of these, within
 * its size limit. Every number becomes a decimal without trailing zeros, so 120, 120.0 and 120.00 print the same and
 * none can be used as a loop count.
 */
public sealed interface PlainValue {

    int MAX_CHARACTERS = 4_096;
    int MAX_ELEMENTS = 100;
    int MAX_DEPTH = 4;
    int MAX_DIGITS = 18;
    int MAX_SCALE = 40;
    int MAX_ID = 200;

    BigDecimal HUNDRED = BigDecimal.valueOf(100);
    BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);
    Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");

    /** A rule that calculates does so in doubles: of 0.1 + 0.2 the first fifteen digits are meant, and the seventeenth is not. */
    MathContext DIGITS_OF_DOUBLE = new MathContext(15);

    record Fit(Object value) implements PlainValue {}

    /**
     * Why a value does not fit, as the end of a sentence that starts with the variable's name. It never holds the
     * value.
     */
    record Unfit(String detail) implements PlainValue {}

    /** @param raw never blank: callers handle blanks themselves */
    static PlainValue of(Kind kind, Object raw) {
        return switch (kind) {
            case STRING -> raw instanceof CharSequence text ? text(text) : wrong("a string", raw);
            case ID -> raw instanceof CharSequence text ? id(Blank.stripped(text.toString())) : wrong("a string", raw);
            case CURRENCY ->
                raw instanceof CharSequence text ? currency(Blank.stripped(text.toString())) : wrong("a string", raw);
            case COUNT -> raw instanceof Number number ? within(integer(number), MOST) : wrong("an integer", raw);
            case AMOUNT -> raw instanceof Number number ? amount(number(number)) : wrong("a number", raw);
            case PERCENT -> raw instanceof Number number ? within(number(number), HUNDRED) : wrong("a number", raw);
            case NUMBER -> raw instanceof Number number ? number(number) : wrong("a number", raw);
            case INTEGER -> raw instanceof Number number ? integer(number) : wrong("an integer", raw);
            case BOOLEAN -> raw instanceof Boolean ? new Fit(raw) : wrong("true or false", raw);
            case LIST -> raw instanceof List<?> list ? list(list, 1) : wrong("a list", raw);
            case TIMESTAMP -> timestamp(raw);
        };
    }

    /** The exact decimal behind a number, or null for one that is not finite, absurdly large, or of no known class. */
    static @Nullable BigDecimal decimal(Number number) {
        BigDecimal exact = exact(number);
        // The length is asked first: stripping or printing 1e1000000000 would take all the memory there is.
        if (exact == null
                || exact.unscaledValue().bitLength() > 256
                || exact.scale() > MAX_SCALE
                || (long) exact.precision() - exact.scale() > MAX_DIGITS) {
            return null;
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }

    private static @Nullable BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (number instanceof Double real) {
            return Double.isFinite(real) ? new BigDecimal(real).round(DIGITS_OF_DOUBLE) : null;
        }
        if (number instanceof Float real) {
            return Float.isFinite(real) ? new BigDecimal(real.toString()) : null;
        }
        boolean whole = number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte;
        return whole ? BigDecimal.valueOf(number.longValue()) : null;
    }

    private static PlainValue text(CharSequence text) {
        return text.length() <= MAX_CHARACTERS
                ? new Fit(Blank.stripped(text.toString()))
                : new Unfit("must not be longer than " + MAX_CHARACTERS + " characters");
    }

    private static PlainValue id(String text) {
        return text.length() <= MAX_ID ? new Fit(text) : new Unfit("must have 1 to " + MAX_ID + " characters");
    }

    private static PlainValue currency(String text) {
        return CURRENCY.matcher(text).matches()
                ? new Fit(text.toUpperCase(Locale.ROOT))
                : new Unfit("must be a currency code of three letters, such as EUR");
    }

    private static PlainValue amount(PlainValue read) {
        return read instanceof Fit fit && ((BigDecimal) fit.value()).signum() < 0
                ? new Unfit("must not be below 0")
                : read;
    }

    private static PlainValue within(PlainValue read, BigDecimal most) {
        boolean outside = read instanceof Fit fit
                && (((BigDecimal) fit.value()).signum() < 0 || ((BigDecimal) fit.value()).compareTo(most) > 0);
        return outside ? new Unfit("must be from 0 to " + most) : read;
    }

    private static PlainValue number(Number number) {
        BigDecimal decimal = decimal(number);
        return decimal == null ? new Unfit("must be finite and below 10^" + MAX_DIGITS) : new Fit(decimal);
    }

    private static PlainValue integer(Number number) {
        PlainValue read = number(number);
        boolean fraction = read instanceof Fit fit && ((BigDecimal) fit.value()).scale() > 0;
        return fraction ? new Unfit("must be an integer, not a fraction") : read;
    }

    private static PlainValue timestamp(Object raw) {
        if (!(raw instanceof CharSequence
                || raw instanceof Instant
                || raw instanceof OffsetDateTime
                || raw instanceof LocalDate)) {
            return wrong("a timestamp", raw);
        }
        return SentTime.dayOrTime(raw.toString())
                .<PlainValue>map(Fit::new)
                .orElseGet(() -> new Unfit(SentTime.DAY_OR_TIME));
    }

    private static PlainValue list(List<?> list, int depth) {
        if (list.size() > MAX_ELEMENTS) {
            return new Unfit("must not have more than " + MAX_ELEMENTS + " elements");
        }
        List<Object> plain = new ArrayList<>(list.size());
        for (Object element : list) {
            PlainValue read = element(element, depth + 1);
            if (!(read instanceof Fit fit)) {
                return read;
            }
            plain.add(fit.value());
        }
        return new Fit(plain);
    }

    private static PlainValue map(Map<?, ?> map, int depth) {
        if (map.size() > MAX_ELEMENTS) {
            return new Unfit("must not have more than " + MAX_ELEMENTS + " entries");
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (Blank.isAbsent(entry.getValue())) {
                continue; // an item's blank field is as absent as a blank variable
            }
            PlainValue read = element(entry.getValue(), depth + 1);
            if (!(read instanceof Fit fit)) {
                return read;
            }
            plain.put(String.valueOf(entry.getKey()), fit.value());
        }
        return new Fit(plain);
    }

    private static PlainValue element(@Nullable Object element, int depth) {
        if (depth > MAX_DEPTH) {
            return new Unfit("must not be nested deeper than " + MAX_DEPTH + " levels");
        }
        if (element instanceof CharSequence text) {
            return text(text);
        }
        if (element instanceof Number number) {
            return number(number);
        }
        if (element instanceof List<?> list) {
            return list(list, depth);
        }
        if (element instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        return element instanceof Boolean
                ? new Fit(element)
                : new Unfit("must hold only texts, numbers, booleans, lists and maps");
    }

    private static Unfit wrong(String wanted, Object raw) {
        return new Unfit("must be " + wanted + ", not " + nameOf(raw));
    }

    private static String nameOf(Object raw) {
        if (raw instanceof CharSequence) {
            return "a string";
        }
        if (raw instanceof Number) {
            return "a number";
        }
        if (raw instanceof Boolean) {
            return "a boolean";
        }
        if (raw instanceof List) {
            return "a list";
        }
        return raw instanceof Map ? "an object" : "something else";
    }
}
