package dev.carillon.apidriven.api;

import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.problem.Pointers;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds U+0000 in names and values, however deep: JSON can say it, PostgreSQL's text cannot, so no template may get it. */
final class NulCharacters {

    private static final String DETAIL = "must hold no NUL character";

    private final List<FieldError> found = new ArrayList<>();

    private NulCharacters() {
    }

    static List<FieldError> in(String pointer, Map<String, ? extends @Nullable Object> values) {
        var search = new NulCharacters();
        search.search(pointer, values);
        return search.found;
    }

    private void search(String pointer, @Nullable Object value) {
        if (value instanceof String text && hasNul(text)) {
            found.add(new FieldError(DETAIL, pointer));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> search(named(pointer, String.valueOf(name)), inner));
        } else if (value instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                search(pointer + Pointers.step(String.valueOf(index)), list.get(index));
            }
        }
    }

    /** A name with NUL is reported at the object that holds it, for the name itself cannot be said. */
    private String named(String pointer, String name) {
        if (hasNul(name)) {
            found.add(new FieldError("must hold no name with a NUL character", pointer));
        }
        return pointer + Pointers.step(name.replace('\0', '?'));
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }
}
