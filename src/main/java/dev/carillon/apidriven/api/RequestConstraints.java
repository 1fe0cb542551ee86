package dev.carillon.apidriven.api;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

/**
 * Checks the constraints that {@link NotificationRequest} declares. Bean Validation says what is wrong with a request; it
 * is not asked where nothing is, because it costs several microseconds for each.
 */
@ApplicationScoped
class RequestConstraints {

    private final Validator validator;

    RequestConstraints(Validator validator) {
        this.validator = validator;
    }

    /** The request itself; fails with what is wrong with it. */
    NotificationRequest met(@Nullable NotificationRequest request) {
        if (request == null) {
            throw new ProblemException(Problem.invalid("", "is required"));
        }
        if (!request.plainlyMeetsConstraints()) {
            var violations = validator.validate(request);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
        }
        return request;
    }
}
