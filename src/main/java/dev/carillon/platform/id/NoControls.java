package dev.carillon.platform.id;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires one line of text: no line breaks, no NUL (which PostgreSQL cannot store), no terminal control characters.
 */
@Pattern(regexp = "[^\\p{Cc}]*")
@ReportAsSingleViolation
@Documented
@Constraint(validatedBy = {})
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface NoControls {

    String message() default "must hold no control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
