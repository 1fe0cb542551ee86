package dev.carillon.notification.recipient;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import java.util.List;

/** The answer for an unknown customer. */
public final class UnknownCustomer {

    private UnknownCustomer() {}

    /** The answer for the customer in the path. */
    public static ProblemException refusal(String customerId) {
        return refusal(customerId, "/customerId");
    }

    /** @param pointer what the caller calls the customer's id */
    public static ProblemException refusal(String customerId, String pointer) {
        return new ProblemException(Problem.of(ProblemType.UNKNOWN_CUSTOMER, "Nobody is known as " + customerId)
                .withErrors(List.of(new FieldError("is not a known customer", pointer))));
    }
}
