package dev.carillon.notification.publishing;

import dev.carillon.notification.template.TypeFolder;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A draft as the API receives it.
 *
 * @param files file name to content; without {@code type.yaml} the type stays as it is
 */
@RegisterForReflection
@Schema(name = "TemplateFiles", description = "The texts of one type.")
record DraftBody(
        @Schema(
                description = "File name to content, all of the type's; without type.yaml the type stays as it is",
                examples =
                        "{\"sms.txt\": \"Your order {orderId} has shipped\", \"sms.de.txt\": \"Ihre Bestellung {orderId} ist unterwegs\"}")
        @NotEmpty(message = "is required")
        @Size(max = DraftBody.MAX_FILES, message = "must have at most 100 files")
        Map<String, @NotNull(message = "is required") String> files) {

    static final int MAX_FILES = 100;

    /** In characters; providers cut longer mails. */
    static final int MAX_CHARACTERS = 100_000;

    TypeText text(String type, @Nullable TypeFolder now) {
        var errors = new ArrayList<FieldError>();
        files.forEach((name, content) -> check("/files" + Pointers.step(name), content, errors));
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
        var all = new LinkedHashMap<>(files);
        if (now != null) {
            all.putIfAbsent(TypeText.TYPE_FILE, now.text().files().get(TypeText.TYPE_FILE));
        }
        return new TypeText(type, all);
    }

    private static void check(String pointer, String content, List<FieldError> errors) {
        if (content.length() > MAX_CHARACTERS) {
            errors.add(new FieldError("must have at most " + MAX_CHARACTERS + " characters", pointer));
        }
        if (content.indexOf('\0') >= 0) {
            errors.add(new FieldError("must hold no NUL", pointer));
        }
    }
}
