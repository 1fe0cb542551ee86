package dev.carillon.platform.rest;

import java.net.URI;

/** Every kind of problem this service answers with. Each has a page under {@code docs/problems/}. */
public enum ProblemType {
    BAD_REQUEST("bad-request", 400, "The request cannot be understood"),
    MALFORMED_JSON("malformed-json", 400, "The body is not JSON"),
    VALIDATION("validation", 422, "The request is not valid"),
    UNKNOWN_CUSTOMER("unknown-customer", 404, "No such customer"),
    UNKNOWN_TYPE("unknown-type", 422, "No such notification type"),
    UNKNOWN_SCENARIO("unknown-scenario", 404, "No such scenario"),
    NOT_FOUND("not-found", 404, "Nothing here"),
    GONE("gone", 410, "It is not there any more"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method is not served here"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "This media type is not understood"),
    NOT_ACCEPTABLE("not-acceptable", 406, "No representation in the media types you accept"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    HEAD_TOO_LARGE("head-too-large", 431, "The head of the request is too large"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request did not come in time"),
    UNAUTHENTICATED("unauthenticated", 401, "Credentials are missing or not valid"),
    FORBIDDEN("forbidden", 403, "These credentials do not allow it"),
    CONFLICT("conflict", 409, "The request contradicts what is stored"),
    PRECONDITION_FAILED("precondition-failed", 412, "It is not in the state you expect"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "This Idempotency-Key belongs to another request"),
    IDEMPOTENCY_KEY_IN_PROGRESS(
            "idempotency-key-in-progress", 409, "A request with this Idempotency-Key is being answered"),
    RATE_LIMITED("rate-limited", 429, "Too many requests"),
    OVERLOADED("overloaded", 503, "Too much is waiting"),
    UNAVAILABLE("unavailable", 503, "The service cannot answer now"),
    INTERNAL("internal", 500, "Something broke on our side");

    private static final String BASE = "https://carillon.dev/problems/";

    private final String slug;
    private final int status;
    private final String title;

    ProblemType(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    public String slug() {
        return slug;
    }

    public URI uri() {
        return URI.create(BASE + slug);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
