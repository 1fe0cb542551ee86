package dev.carillon.platform.idempotency;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.value.Sha256;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.RestResponse;

/** Processes a request once, however often it comes with the same {@code Idempotency-Key}. */
@ApplicationScoped
public class KeyedRequests {

    private static final Map<String, Object> NOTHING = Map.of();

    private final Idempotency idempotency;
    private final Caller caller;
    private final Json json;
    private final Ids ids;
    private final CurrentVertxRequest current;

    KeyedRequests(Idempotency idempotency, Caller caller, Json json, Ids ids, CurrentVertxRequest current) {
        this.current = current;
        this.idempotency = idempotency;
        this.caller = caller;
        this.json = json;
        this.ids = ids;
    }

    /**
     * Like {@link #once}, for work that answers as endpoints do. The answer is stored with the headers it has by then.
     *
     * @param body what the key is for
     */
    public <T> Uni<Response> answered(
            IdempotencyKey key, Object body, Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return answered(key, () -> Fingerprint.of(json.tree(body)), work, UnaryOperator.identity());
    }

    /** Like {@link #answered(IdempotencyKey, Object, Function)}, for a request without a body. */
    public <T> Uni<Response> answered(IdempotencyKey key, Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return answered(key, this::unasked, work, UnaryOperator.identity());
    }

    /**
     * Like {@link #answered}, for an answer with a secret: it is stored encrypted, and a repeat gets the same secret.
     */
    public <T> Uni<Response> confided(
            IdempotencyKey key, Object body, Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return answered(key, () -> Fingerprint.of(json.tree(body)), work, Answer::inConfidence);
    }

    /** Like {@link #confided(IdempotencyKey, Object, Function)}, for a request without a body. */
    public <T> Uni<Response> confided(IdempotencyKey key, Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return answered(key, this::unasked, work, Answer::inConfidence);
    }

    private <T> Uni<Response> answered(
            IdempotencyKey key,
            Supplier<byte[]> fingerprint,
            Function<IdempotentWork, Uni<RestResponse<T>>> work,
            UnaryOperator<Answer> kept) {
        return isKeyed(key)
                ? once(
                        key,
                        fingerprint,
                        again -> work.apply(again).map(this::answer).map(kept))
                : work.apply(unrepeated()).map(RestResponse::toResponse);
    }

    /** An unwanted body changes nothing, but a request with another one is another request. */
    private byte[] unasked() {
        var sent = current.getCurrent().body().buffer();
        if (sent == null || sent.length() == 0) {
            return Fingerprint.of(json.tree(NOTHING));
        }
        try {
            return Fingerprint.of(json.tree(sent.getBytes()));
        } catch (UncheckedIOException notJson) {
            return Sha256.of(sent.toString());
        }
    }

    private Answer answer(RestResponse<?> response) {
        var answer = Answer.json(response.getStatus(), json.write(response.getEntity()));
        for (var header : response.getStringHeaders().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue().get(0));
        }
        return answer;
    }

    /**
     * A request without a key is worked on whenever it comes.
     *
     * @param body what the key is for: the same key with another one is refused
     */
    public Uni<Response> once(IdempotencyKey key, Object body, Function<IdempotentWork, Uni<Answer>> work) {
        return once(key, () -> Fingerprint.of(json.tree(body)), work);
    }

    /** @param fingerprint of the content, asked for only with a key */
    public Uni<Response> once(
            IdempotencyKey key, Supplier<byte[]> fingerprint, Function<IdempotentWork, Uni<Answer>> work) {
        if (!isKeyed(key)) {
            return work.apply(unrepeated()).map(Answer::response);
        }
        var request = new KeyedRequest(caller.tenant(), caller.id(), path(), key.checked(), fingerprint.get());
        return idempotency.once(request, work).map(Answer::response);
    }

    /** Without the slash that the router lets stand at its end. */
    private String path() {
        var path = current.getCurrent().normalizedPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private IdempotentWork unrepeated() {
        return IdempotentWork.once(index -> ids.next());
    }

    /** The framework drops an empty header and takes the first of two. Neither may count as a missing one. */
    private boolean isKeyed(IdempotencyKey key) {
        int sent = current.getCurrent()
                .request()
                .headers()
                .getAll(IdempotencyKey.HEADER)
                .size();
        if (sent > 1 || sent == 1 && key.sent() == null) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    IdempotencyKey.HEADER + (sent > 1 ? " is there " + sent + " times" : " is empty"));
        }
        return key.sent() != null;
    }
}
