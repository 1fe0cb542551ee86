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
import org.jspecify.annotations.Nullable;

/** Validates a customer id from a caller; see {@link GivenId#wrongWithCustomer}. */
@Documented
@Constraint(validatedBy = CustomerId.CustomerIdValidator.class)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface CustomerId {

    String message() default "is not a customer id";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The validator. */
    class CustomerIdValidator implements ConstraintValidator<CustomerId, String> {

        @Override
        public boolean isValid(@Nullable String id, ConstraintValidatorContext context) {
            return id == null || OneLineText.OneLineValidator.passes(GivenId.wrongWithCustomer(id), context);
        }
    }
}
