package dev.carillon.apidriven.api;

import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.template.LocaleTag;
import dev.carillon.platform.json.JsonLimits;
import dev.carillon.platform.problem.Pointers;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses attributes that are no plain values, too many or too long, or that pose as something else. */
final class AttributesCheck {

    static final int MOST = 100;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_LIST = 50;
    private static final int LONGEST = 32_768;
    private static final Set<String> FIELDS = Set.of("id", Contact.NAME, Contact.EMAIL, Contact.PHONE, Contact.SEGMENT);

    private final List<FieldError> errors = new ArrayList<>();
    private int length;

    private AttributesCheck() {
    }

    static void check(Map<String, ? extends @Nullable Object> attributes) {
        var check = new AttributesCheck();
        check.attributes(attributes);
        if (!check.errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(check.errors));
        }
    }

    private void attributes(Map<String, ? extends @Nullable Object> attributes) {
        if (attributes.size() > MOST) {
            errors.add(new FieldError("must have at most " + MOST + " attributes", "/attributes"));
            return;
        }
        attributes.forEach(this::attribute);
        if (length > LONGEST) {
            errors.add(new FieldError("must have at most " + LONGEST + " characters in all", "/attributes"));
        }
    }

    private void attribute(String name, @Nullable Object value) {
        if (name.isBlank() || name.length() > LONGEST_NAME || hasControls(name)) {
            errors.add(new FieldError("must have only names of 1 to " + LONGEST_NAME + " characters without control characters", "/attributes"));
            return;
        }
        length += name.length();
        var pointer = "/attributes" + Pointers.step(name);
        if (FIELDS.contains(name)) {
            errors.add(new FieldError("is a field of its own, and no attribute", pointer));
        } else if (value instanceof List<?> list) {
            list(list, pointer);
        } else {
            plain(value, pointer);
        }
        if (name.equals("timeZone") && !(value instanceof String zone && ZoneId.getAvailableZoneIds().contains(zone))) {
            errors.add(new FieldError("is not a known time zone, such as Europe/Berlin", pointer));
        }
        if (name.equals("locale") && LocaleTag.read(value).isEmpty()) {
            errors.add(new FieldError(LocaleTag.IN_WORDS, pointer));
        }
    }

    private void list(List<?> list, String pointer) {
        if (list.size() > LONGEST_LIST) {
            errors.add(new FieldError("must have at most " + LONGEST_LIST + " values", pointer));
            return;
        }
        for (int index = 0; index < list.size(); index++) {
            plain(list.get(index), pointer + "/" + index);
        }
    }

    private void plain(@Nullable Object value, String pointer) {
        if (value instanceof String text) {
            length += text.length();
            if (text.length() > LONGEST_TEXT || hasControls(text)) {
                errors.add(new FieldError("must have at most " + LONGEST_TEXT + " characters, none of them a control character", pointer));
            }
        } else if (value instanceof Number number) {
            if (!JsonLimits.isOf64Bits(number)) {
                errors.add(new FieldError("must be a number of 64 bits", pointer));
            }
        } else if (!(value instanceof Boolean)) {
            errors.add(new FieldError("must be a string, a number, true, false, or a list of such values", pointer));
        }
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
