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
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

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
            @Nullable String key, String path, Object body, Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return answered(key, path, () -> Fingerprint.of(json.tree(body)), work);
    }

    /** Like {@link #answered(String, String, Object, Function)}, for a request without a body. */
    public <T> Uni<Response> answered(
            @Nullable String key, String path, Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return answered(key, path, this::unasked, work);
    }

    private <T> Uni<Response> answered(
            @Nullable String key,
            String path,
            Supplier<byte[]> fingerprint,
            Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return isKeyed(key)
                ? once(key, path, fingerprint, again -> work.apply(again).map(this::answer))
                : unkeyed(work);
    }

    /**
     * Like {@link #answered}, for an answer with a secret: it is stored encrypted, and a repeat gets the same secret.
     */
    public <T> Uni<Response> confided(
            @Nullable String key, String path, Object body, Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return confided(key, path, () -> Fingerprint.of(json.tree(body)), work);
    }

    /** Like {@link #confided(String, String, Object, Function)}, for a request without a body. */
    public <T> Uni<Response> confided(
            @Nullable String key, String path, Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return confided(key, path, this::unasked, work);
    }

    private <T> Uni<Response> confided(
            @Nullable String key,
            String path,
            Supplier<byte[]> fingerprint,
            Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return isKeyed(key)
                ? once(
                        key,
                        path,
                        fingerprint,
                        again -> work.apply(again)
                                .map(response -> answer(response).inConfidence()))
                : unkeyed(work);
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

    private <T> Uni<Response> unkeyed(Function<IdempotentWork, Uni<RestResponse<T>>> work) {
        return work.apply(unrepeated()).map(RestResponse::toResponse);
    }

    private Answer answer(RestResponse<?> response) {
        var answer = Answer.json(response.getStatus(), json.write(response.getEntity()));
        for (var header : response.getStringHeaders().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue().get(0));
        }
        return answer;
    }

    /**
     * @param key  null for a request that is worked on whenever it comes
     * @param body what the key is for: the same key with another one is refused
     */
    public Uni<Response> once(
            @Nullable String key, String path, Object body, Function<IdempotentWork, Uni<Answer>> work) {
        return once(key, path, () -> Fingerprint.of(json.tree(body)), work);
    }

    /** @param fingerprint of the content, asked for only with a key */
    public Uni<Response> once(
            @Nullable String key,
            String path,
            Supplier<byte[]> fingerprint,
            Function<IdempotentWork, Uni<Answer>> work) {
        if (!isKeyed(key)) {
            return work.apply(unrepeated()).map(Answer::response);
        }
        var request = new KeyedRequest(
                caller.tenant(), caller.id(), "POST " + path, IdempotencyKeys.checked(key), fingerprint.get());
        return idempotency.once(request, path, work).map(Answer::response);
    }

    private IdempotentWork unrepeated() {
        return IdempotentWork.once(index -> ids.next());
    }

    /** The framework drops an empty header and takes the first of two. Neither may count as a missing one. */
    private boolean isKeyed(@Nullable String key) {
        int sent =
                current.getCurrent().request().headers().getAll(Idempotency.KEY).size();
        if (sent > 1 || sent == 1 && key == null) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    Idempotency.KEY + (sent > 1 ? " is there " + sent + " times" : " is empty"));
        }
        return key != null;
    }
}
