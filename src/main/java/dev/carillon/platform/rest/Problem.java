package dev.carillon.platform.rest;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 {@code application/problem+json}.
 *
 * @param type     absolute, documented under docs/problems/
 * @param status   the HTTP status it is sent with
 * @param instance the path that was asked
 * @param errors   what is wrong with which field, as JSON pointers
 * @param more     further members, such as the known scenarios
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "An error as RFC 9457 problem details.")
public record Problem(
        @Schema(
                description = "The kind of problem; documented under docs/problems",
                examples = "https://carillon.dev/problems/validation")
        URI type,

        @Schema(description = "The kind as a title", examples = "The request is not valid")
        String title,

        @Schema(description = "The HTTP status", examples = "422")
        int status,

        @Schema(description = "What happened in this case", examples = "1 field is not valid") @Nullable
        String detail,

        @Schema(description = "The path of the request", examples = "/api/v1/notifications") @Nullable
        String instance,

        @Schema(description = "What is wrong with which field; left out when it is not about a field")
        List<FieldError> errors,

        @JsonIgnore Map<String, Object> more) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** How to authenticate: either way will do. */
    public static final String CHALLENGES = "Bearer realm=\"carillon\", ApiKey header=\"X-API-Key\"";

    private static final String RETRY_AFTER = "retryAfterSeconds";
    private static final String ACCEPT_ENCODING = "acceptEncoding";
    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");

    /**
     * What is wrong with one field: {@code pointer} is an RFC 6901 JSON pointer into the request body.
     *
     * @param line   where it stands in a body that people write by hand, 1-based; null in others
     * @param column 1-based, too
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "What is wrong with one field.")
    public record FieldError(
            @Schema(description = "What is wrong", examples = "is required")
            String detail,

            @Schema(
                    description = "RFC 6901 pointer into the body; empty for the body itself",
                    examples = "/context/orderId")
            String pointer,

            @Schema(description = "Where it is in the body, for rules", examples = "3") @Nullable
            Integer line,

            @Schema(description = "Where it is in the line, for rules", examples = "9") @Nullable
            Integer column) {

        public FieldError(String detail, String pointer) {
            this(detail, pointer, null, null);
        }
    }

    public static Problem of(ProblemType type, @Nullable String detail) {
        return new Problem(type.uri(), type.title(), type.status(), detail, null, List.of(), Map.of());
    }

    public static Problem invalid(List<FieldError> errors) {
        return of(
                        ProblemType.VALIDATION,
                        errors.size() == 1 ? "1 field is not valid" : errors.size() + " fields are not valid")
                .withErrors(errors);
    }

    public static Problem invalid(String pointer, String detail) {
        return invalid(List.of(new FieldError(detail, pointer)));
    }

    public static Problem unauthenticated() {
        return of(ProblemType.UNAUTHENTICATED, "Send an API key in the X-API-Key header, or as Authorization: Bearer");
    }

    /** For who has to wait. */
    public static Problem tooMany(String detail, Duration wait) {
        return of(ProblemType.RATE_LIMITED, detail).retriedAfter(wait);
    }

    /** Says when to come back, in the head of the answer as well. */
    public Problem retriedAfter(Duration wait) {
        return with(RETRY_AFTER, Math.max(1, (wait.toMillis() + 999) / 1000));
    }

    /** The body would be accepted only without its {@code Content-Encoding}. */
    public static Problem compressed() {
        return of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "A body must not be compressed: send it without Content-Encoding")
                .with(ACCEPT_ENCODING, "identity");
    }

    public Problem withErrors(List<FieldError> errors) {
        return new Problem(type, title, status, detail, instance, List.copyOf(errors), more);
    }

    public Problem at(String path) {
        return new Problem(type, title, status, detail, path, errors, more);
    }

    public Problem with(String member, Object value) {
        return new Problem(type, title, status, detail, instance, errors, Map.of(member, value));
    }

    /** For a status that has no type of its own. */
    public Problem withStatus(int status) {
        return new Problem(type, title, status, detail, instance, errors, more);
    }

    /** The headers of the answer: how to authenticate, when to try again. */
    public Map<String, String> headers() {
        return switch (status) {
            case 401 -> Map.of("WWW-Authenticate", CHALLENGES);
            case 415 ->
                more.get(ACCEPT_ENCODING) instanceof String codings ? Map.of("Accept-Encoding", codings) : Map.of();
            case 429 ->
                more.get(RETRY_AFTER) instanceof Long seconds ? Map.of("Retry-After", seconds.toString()) : Map.of();
            case 503 ->
                more.get(RETRY_AFTER) instanceof Long seconds ? Map.of("Retry-After", seconds.toString()) : RETRY_SOON;
            case 409 -> type.equals(ProblemType.IDEMPOTENCY_KEY_IN_PROGRESS.uri()) ? RETRY_SOON : Map.of();
            default -> Map.of();
        };
    }

    @JsonAnyGetter
    Map<String, Object> further() {
        return more;
    }
}
