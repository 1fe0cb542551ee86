package dev.carillon.platform.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Readers of settings that refuse what lies outside its bounds, so that it stops the start with its name and its value: {@code
 * @WithConverter(Bounded.Period.class)}. Constraints of Bean Validation would say the same, but for one of them the framework reads the
 * metadata of every settings class there is, ours and its own, at each start: a seventh of all that a start costs.
 */
public final class Bounded {

    private Bounded() {}

    /** A time that passes. */
    public static final class Period implements Converter<Duration> {

        private static final long serialVersionUID = 1L;

        @Override
        public Duration convert(String text) {
            return bounded(
                    DurationConverter.parseDuration(text),
                    time -> time.compareTo(Duration.ofMillis(1)) >= 0,
                    "a millisecond or more");
        }
    }

    /** A number of things, of which there is at least one. */
    public static final class Count implements Converter<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public Integer convert(String text) {
            return bounded(Integer.valueOf(text.strip()), number -> number >= 1, "1 or more");
        }
    }

    /** A number of things, of which there may be none. */
    public static final class CountOrNone implements Converter<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public Integer convert(String text) {
            return bounded(Integer.valueOf(text.strip()), number -> number >= 0, "0 or more");
        }
    }

    /** A number of things, of which a few are always needed. */
    public static final class TenOrMore implements Converter<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public Integer convert(String text) {
            return bounded(Integer.valueOf(text.strip()), number -> number >= 10, "10 or more");
        }
    }

    /** How many at once, each with memory of its own. */
    public static final class AtOnce implements Converter<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public Integer convert(String text) {
            return bounded(Integer.valueOf(text.strip()), number -> number >= 1 && number <= 10_000, "from 1 to 10000");
        }
    }

    /** How many a second. */
    public static final class PerSecond implements Converter<Double> {

        private static final long serialVersionUID = 1L;

        @Override
        public Double convert(String text) {
            return bounded(Double.valueOf(text.strip()), rate -> rate >= 0.01, "0.01 or more");
        }
    }

    /** A part of all, or none. */
    public static final class Fraction implements Converter<Double> {

        private static final long serialVersionUID = 1L;

        @Override
        public Double convert(String text) {
            return bounded(Double.valueOf(text.strip()), part -> part >= 0 && part <= 1, "from 0 to 1");
        }
    }

    /** A part of all that is not none. */
    public static final class SomeFraction implements Converter<Double> {

        private static final long serialVersionUID = 1L;

        @Override
        public Double convert(String text) {
            return bounded(Double.valueOf(text.strip()), part -> part >= 0.01 && part <= 1, "from 0.01 to 1");
        }
    }

    private static <T> T bounded(T value, Predicate<T> fits, String bounds) {
        if (!fits.test(value)) {
            throw new IllegalArgumentException("(must be " + bounds + ")");
        }
        return value;
    }
}
