package dev.carillon.apidriven.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.platform.rest.ProblemException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is let through without Bean Validation is what Bean Validation would let through. */
class RequestConstraintsTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private static final List<String> TEXTS = texts();

    private final RequestConstraints constraints = new RequestConstraints(VALIDATOR);

    static Stream<NotificationRequest> requests() {
        return Stream.of(
                        TEXTS.stream().map(text -> request(text, "cust-1", "key", List.of("email"), "c-1")),
                        TEXTS.stream().map(text -> request("ORDER_SHIPPED", text, null, null, null)),
                        TEXTS.stream().map(text -> request("ORDER_SHIPPED", "cust-1", text, null, null)),
                        TEXTS.stream().map(text -> request("ORDER_SHIPPED", "cust-1", null, null, text)),
                        Stream.of(0, 1, 20, 21)
                                .map(count -> request(
                                        "ORDER_SHIPPED", "cust-1", null, Collections.nCopies(count, "email"), null)),
                        Stream.of(request(
                                "ORDER_SHIPPED", "cust-1", null, Collections.singletonList((String) null), null)))
                .flatMap(some -> some);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void agree_with_bean_validation(NotificationRequest request) {
        var violations = VALIDATOR.validate(request);
        if (violations.isEmpty()) {
            assertThat(constraints.met(request)).isSameAs(request);
        } else {
            assertThat(request.plainlyMeetsConstraints()).isFalse();
            assertThatThrownBy(() -> constraints.met(request))
                    .isInstanceOfSatisfying(
                            ConstraintViolationException.class,
                            refused -> assertThat(refused.getConstraintViolations())
                                    .hasSameSizeAs(violations));
        }
    }

    @Test
    void an_ordinary_request_needs_no_bean_validation() {
        assertThat(request("ORDER_SHIPPED", "cust-1", null, null, null).plainlyMeetsConstraints())
                .isTrue();
        assertThat(request("ORDER_SHIPPED", "cust-1", "order/1/shipped", List.of("email", "sms"), "req-1")
                        .plainlyMeetsConstraints())
                .isTrue();
    }

    @Test
    void a_missing_request_is_required() {
        assertThatThrownBy(() -> constraints.met(null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().errors())
                                .singleElement()
                                .satisfies(error -> {
                                    assertThat(error.pointer()).isEmpty();
                                    assertThat(error.detail()).isEqualTo("is required");
                                }));
    }

    private static NotificationRequest request(
            @Nullable String type,
            @Nullable String customerId,
            @Nullable String businessKey,
            @Nullable List<String> channels,
            @Nullable String correlationId) {
        return new NotificationRequest(
                type, customerId, Map.of(), businessKey, channels, null, correlationId, null, null, null);
    }

    private static List<@Nullable String> texts() {
        var texts = new ArrayList<@Nullable String>(List.of(
                "",
                " ",
                "\u2003",
                "\u2800",
                "\u0001",
                "x\n",
                "x\u0085",
                "\ud83d\ude00",
                "\ud83d",
                "x\ude00",
                ".",
                "..",
                "a b"));
        texts.add(null);
        for (int length : new int[] {1, 100, 101, 200, 201, 400, 401}) {
            texts.add("x".repeat(length));
        }
        return texts;
    }
}
