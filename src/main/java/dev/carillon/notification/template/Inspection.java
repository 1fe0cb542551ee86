package dev.carillon.notification.template;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is wrong or odd with the texts of a type, for who is writing them.
 *
 * @param errors   why they cannot be used
 * @param warnings what can be used, and is most likely not what was meant
 * @param folder   the compiled texts; null when there are errors
 */
public record Inspection(
        List<Finding> errors,
        List<Finding> warnings,
        @Nullable TypeFolder folder) {

    /**
     * One thing, and where it is.
     *
     * @param file     such as {@code sms.de.txt} or, outside of the type, {@code _layout/email.html}
     * @param line     1-based; null when it is about the file as a whole
     * @param column   1-based; null when only the line is known
     * @param variable the variable it is about, if it is about one
     */
    public record Finding(
            String file,
            @Nullable Integer line,
            @Nullable Integer column,
            @Nullable String variable,
            String detail) {

        static Finding of(String type, InvalidTemplateException broken, @Nullable String variable) {
            var own = broken.path().startsWith(type + "/");
            return new Finding(
                    own ? broken.path().substring(type.length() + 1) : broken.path(),
                    broken.line(),
                    broken.column(),
                    variable,
                    broken.detail());
        }

        boolean isAt(Finding other) {
            return file.equals(other.file) && Objects.equals(line, other.line) && Objects.equals(column, other.column);
        }
    }
}
