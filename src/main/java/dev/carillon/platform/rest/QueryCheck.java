package dev.carillon.platform.rest;

import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.SentTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads query parameters and collects all errors, so that the answer names them all. */
public final class QueryCheck {

    private static final int MAX_TEXT = 400;

    private final List<FieldError> errors = new ArrayList<>();

    public int limit(@Nullable String text, int usual, int most) {
        return number("limit", text, usual, most);
    }

    /** A number from 1 to {@code most}. */
    public int number(String name, @Nullable String text, int usual, int most) {
        if (text == null) {
            return usual;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number that is too large
        }
        errors.add(new FieldError("must be a number from 1 to " + most, "/" + name));
        return usual;
    }

    public @Nullable Instant time(String name, @Nullable String text) {
        var time = text == null ? null : SentTime.parse(text).orElse(null);
        if (text != null && time == null) {
            errors.add(new FieldError(SentTime.FORM, "/" + name));
        }
        return time;
    }

    /** A time that must be before another one, where both are given and can be read. */
    public @Nullable Instant timeBefore(String name, @Nullable String text, String endName, @Nullable String endText) {
        var time = time(name, text);
        var end = endText == null ? null : SentTime.parse(endText).orElse(null);
        if (time != null && end != null && !time.isBefore(end)) {
            errors.add(new FieldError("must be before " + endName, "/" + name));
        }
        return time;
    }

    public @Nullable String text(String name, @Nullable String text) {
        if (text != null
                && (Blank.is(text) || text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl))) {
            errors.add(new FieldError(
                    "must have 1 to " + MAX_TEXT + " characters without control characters", "/" + name));
            return null;
        }
        return text;
    }

    /** A text that must be there; blank when it is not, which {@link #done} will say. */
    public String required(String name, @Nullable String text) {
        if (text == null) {
            errors.add(new FieldError("is required", "/" + name));
        }
        var checked = text(name, text);
        return checked == null ? "" : checked;
    }

    /** The cursor from the page before. */
    public <C> @Nullable C cursor(String name, @Nullable String text, Function<String, Optional<C>> form) {
        var cursor = text == null ? Optional.<C>empty() : form.apply(text);
        if (text != null && cursor.isEmpty()) {
            errors.add(new FieldError("must be what the page before gave as next", "/" + name));
        }
        return cursor.orElse(null);
    }

    /** One of a fixed set of values. */
    public <V> @Nullable V oneOf(String name, @Nullable String text, Map<String, V> words) {
        if (text != null && !words.containsKey(text)) {
            errors.add(new FieldError("must be one of " + String.join(", ", words.keySet()), "/" + name));
        }
        return text == null ? null : words.get(text);
    }

    /** Refuses parameters of other names: a misspelt filter would match everything. */
    public void onlyNames(Collection<String> sent, String... known) {
        sent.stream()
                .filter(name -> !List.of(known).contains(name))
                .forEach(name -> errors.add(new FieldError(
                        "is not known here; known are " + String.join(", ", known), Pointers.step(name))));
    }

    /** Refuses the request with all that was found. */
    public void done() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }
}
