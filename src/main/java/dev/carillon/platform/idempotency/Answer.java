package dev.carillon.platform.idempotency;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that is stored and sent again: status, headers and body text.
 *
 * @param confidential whether the body holds a secret: it is kept encrypted
 */
@RegisterForReflection
public record Answer(int status, Map<String, String> headers, String body, boolean confidential) {

    static final String REPLAYED = "Idempotency-Replayed";

    public Answer {
        headers = Map.copyOf(headers);
    }

    public Answer(int status, Map<String, String> headers, String body) {
        this(status, headers, body, false);
    }

    public static Answer json(int status, String body) {
        return new Answer(status, Map.of(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON), body);
    }

    /** With one more header, such as {@code Location}. */
    public Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body, confidential);
    }

    /** The same, with a secret in its body. */
    Answer inConfidence() {
        return new Answer(status, headers, body, true);
    }

    /** No body: it may hold a secret. */
    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }

    public Response response() {
        var response = Response.status(status).entity(body);
        headers.forEach(response::header);
        return response.build();
    }

    /** Whether the answer is kept: a success, or a refusal that the same request would get again. */
    boolean isFinal() {
        return status < 500 && status != 408 && status != 425 && status != 429;
    }
}
