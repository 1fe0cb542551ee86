package dev.carillon.platform.idempotency;

import dev.carillon.platform.id.Ids;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.sql.PgFailures;
import dev.carillon.platform.sql.Transactions;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * Answers a request that comes with an {@code Idempotency-Key} once, however often it comes (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>The answer is kept after the work was committed, in a transaction of its own. When the process dies in between, the same
 * request is worked on again once its lease has ended, with the same {@link IdempotentWork#id ids}: whoever works under such an id finds
 * what is there already.
 */
@Startup // a wrong setting stops the start
@ApplicationScoped
public class Idempotency {

    private final PgIdempotencyKeys store;
    private final Transactions transactions;
    private final IdempotencySettings settings;
    private final Ids ids;
    private final Json json;

    Idempotency(PgIdempotencyKeys store, Transactions transactions, IdempotencySettings settings, Ids ids, Json json) {
        if (settings.lease().compareTo(Duration.ofSeconds(1)) < 0
                || settings.keep().compareTo(settings.lease()) < 0) {
            throw new ConfigurationException(
                    "carillon.idempotency.lease must be at least PT1S, and carillon.idempotency.keep at least as long: they are "
                            + settings.lease() + " and " + settings.keep());
        }
        this.store = store;
        this.transactions = transactions;
        this.settings = settings;
        this.ids = ids;
        this.json = json;
    }

    /**
     * @param work done unless it was done before; a {@link ProblemException} is an answer like any other
     */
    public Uni<Answer> once(KeyedRequest request, Function<IdempotentWork, Uni<Answer>> work) {
        var token = ids.next();
        var now = ids.now();
        return transactions
                .inTransaction(tx ->
                        store.claim(tx, request, token, now, now.plus(settings.lease()), now.plus(settings.keep())))
                .chain(claim -> claim instanceof Claim.Ours ours
                        ? worked(request, ours, work)
                        : Uni.createFrom().item(known(claim)));
    }

    private static Answer known(Claim claim) {
        if (claim instanceof Claim.Answered before) {
            return before.answer().with(Answer.REPLAYED, "true");
        }
        throw claim instanceof Claim.InProgress
                ? new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_IN_PROGRESS,
                        "The first request with this key is still being answered; ask again in a second")
                : new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "This key came with another content before; use a new key for a new request");
    }

    private Uni<Answer> worked(KeyedRequest request, Claim.Ours claim, Function<IdempotentWork, Uni<Answer>> work) {
        var seed = String.join(
                "\n",
                request.tenant(),
                request.caller(),
                request.operation(),
                request.key(),
                claim.firstTried().toString());
        return Uni.createFrom()
                .deferred(() -> work.apply(IdempotentWork.again(seed, claim.firstTried())))
                .onFailure(ProblemException.class)
                .recoverWithItem(refused ->
                        refusal(((ProblemException) refused).problem().at(request.path())))
                .onFailure()
                .call(() -> release(request, claim))
                .call(answer -> answer.isFinal() ? keep(request, claim, answer) : release(request, claim));
    }

    private Answer refusal(Problem problem) {
        return new Answer(problem.status(), Map.of(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE), json.write(problem));
    }

    private Uni<Void> keep(KeyedRequest request, Claim.Ours claim, Answer answer) {
        return transactions
                .inTransaction(tx -> store.finish(tx, request, claim.token(), answer))
                .onFailure()
                .recoverWithUni(failure -> unkept("answer was not kept; a retry will be worked on again", failure));
    }

    private Uni<Void> release(KeyedRequest request, Claim.Ours claim) {
        return transactions
                .inTransaction(tx -> store.release(tx, request, claim.token(), ids.now()))
                .onFailure()
                .recoverWithUni(
                        failure -> unkept("key was not released; retries get 409 until its lease ends", failure));
    }

    /** The work itself is committed or has failed on its own, and that is what the caller must get. */
    private static Uni<Void> unkept(String what, Throwable failure) {
        Log.warnf("idempotency: %s: failure=%s", what, PgFailures.nameOf(failure));
        return Uni.createFrom().voidItem();
    }
}
