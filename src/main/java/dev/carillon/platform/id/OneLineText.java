package dev.carillon.platform.id;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates a name from a caller; see {@link GivenId#wrongWith}. */
@Documented
@Constraint(validatedBy = OneLineText.OneLineValidator.class)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface OneLineText {

    /** In characters. */
    int max();

    String message() default "is not one line of text";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The validator. */
    class OneLineValidator implements ConstraintValidator<OneLineText, String> {

        private int max;

        @Override
        public void initialize(OneLineText line) {
            max = line.max();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || passes(GivenId.wrongWith(text, max), context);
        }

        static boolean passes(Optional<String> wrong, ConstraintValidatorContext context) {
            wrong.ifPresent(detail -> {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(detail).addConstraintViolation();
            });
            return wrong.isEmpty();
        }
    }
}
