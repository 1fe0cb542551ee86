package dev.carillon.delivery.push;

import dev.carillon.delivery.httpclient.HttpCall;
import dev.carillon.delivery.httpclient.HttpCaller;
import dev.carillon.delivery.httpclient.HttpContract.NotReadyException;
import dev.carillon.delivery.httpclient.HttpResult;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The access token of a service account. It is fetched once for everyone who waits for it, and cached until shortly
 * before it expires.
 */
class AccessTokens {

    private static final Duration MARGIN = Duration.ofMinutes(2);

    /** A token that is being fetched or is cached. */
    private record CachedToken(Uni<Token> token) {}

    private record Token(String value, Instant until) {}

    private final ServiceAccount account;
    private final HttpCaller caller;
    private final Clock clock;
    private @Nullable CachedToken held;
    private Instant freshUntil = Instant.MAX;

    AccessTokens(ServiceAccount account, HttpCaller caller, Clock clock) {
        this.account = account;
        this.caller = caller;
        this.clock = clock;
    }

    /** Fails with {@link NotReadyException} when there is none to be had. */
    synchronized Uni<String> get() {
        var present = held;
        if (present == null || !clock.instant().isBefore(freshUntil)) {
            freshUntil = Instant.MAX; // as long as it is being fetched
            present = new CachedToken(fetch().memoize().indefinitely());
            held = present;
        }
        var asked = present;
        return asked.token()
                .invoke(token -> fetched(asked, token))
                .onFailure()
                .invoke(() -> forget(asked))
                .map(Token::value);
    }

    /** Drops a token that was refused; the next caller fetches a new one. */
    synchronized void forget() {
        held = null;
    }

    private synchronized void fetched(CachedToken asked, Token token) {
        if (held == asked) {
            freshUntil = token.until();
        }
    }

    private synchronized void forget(CachedToken broken) {
        if (held == broken) {
            held = null;
        }
    }

    private Uni<Token> fetch() {
        var now = clock.instant();
        var form = MultiMap.caseInsensitiveMultiMap()
                .add("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .add("assertion", account.assertion(now));
        return caller.call(HttpCall.form(account.tokenUri(), form)).map(result -> token(result, now));
    }

    private static Token token(HttpResult result, Instant now) {
        if (!(result instanceof HttpAnswer answer)) {
            throw new NotReadyException("no access token: no answer");
        }
        var json = answer.json();
        if (answer.successful()
                && json.getValue("access_token") instanceof String value
                && json.getValue("expires_in") instanceof Number seconds) {
            var life = Duration.ofSeconds(Math.max(0, Math.min(seconds.longValue(), 86_400)));
            return new Token(
                    value,
                    now.plus(life.compareTo(MARGIN.multipliedBy(2)) > 0 ? life.minus(MARGIN) : life.dividedBy(2)));
        }
        throw new NotReadyException("no access token: HTTP " + answer.status());
    }
}
