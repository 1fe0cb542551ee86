package dev.carillon.apidriven.api;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Size;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An id of the caller's making: 1 to 200 characters, none of them a control character. */
@Size(min = 1, max = 200, message = "must have 1 to 200 characters")
@NoControls
@Documented
@Constraint(validatedBy = {})
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface CustomerId {

    String message() default "is not a customer id";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
