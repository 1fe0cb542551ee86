package dev.carillon.apidriven.api;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.idempotency.Answer;
import dev.carillon.platform.idempotency.Fingerprint;
import dev.carillon.platform.idempotency.Idempotency;
import dev.carillon.platform.idempotency.IdempotencyKeys;
import dev.carillon.platform.idempotency.KeyedRequest;
import dev.carillon.platform.idempotency.Work;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** Answers a submission once, however often it comes with the same {@code Idempotency-Key}. */
@ApplicationScoped
class KeyedRequests {

    private final Idempotency idempotency;
    private final Caller caller;
    private final Json json;
    private final Ids ids;

    KeyedRequests(Idempotency idempotency, Caller caller, Json json, Ids ids) {
        this.idempotency = idempotency;
        this.caller = caller;
        this.json = json;
        this.ids = ids;
    }

    /**
     * @param key  null for a request that is worked on whenever it comes
     * @param body what the key is for: the same key with another one is refused
     */
    Uni<Response> once(@Nullable String key, String path, Object body, Function<Work, Uni<Answer>> work) {
        if (key == null) {
            return work.apply(Work.once(index -> ids.next())).map(Answer::response);
        }
        var request = new KeyedRequest(caller.tenant(), caller.id(), "POST " + path, IdempotencyKeys.checked(key), Fingerprint.of(json.tree(body)));
        return idempotency.once(request, path, work).map(Answer::response);
    }
}
