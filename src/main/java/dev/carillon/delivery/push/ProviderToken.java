package dev.carillon.delivery.push;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The token that authenticates us at APNs. Apple wants a new one at least once an hour and at most once in twenty
 * minutes.
 */
class ProviderToken {

    private static final Duration LIFE = Duration.ofMinutes(40);
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(20);

    private record Signed(String token, Instant at) {}

    private final String team;
    private final String keyId;
    private final SigningKey key;
    private final Clock clock;
    private @Nullable Signed signed;

    ProviderToken(String team, String keyId, SigningKey key, Clock clock) {
        this.team = team;
        this.keyId = keyId;
        this.key = key;
        this.clock = clock;
    }

    synchronized String get() {
        var present = signed;
        if (present == null || isOlderThan(LIFE, present)) {
            var now = clock.instant();
            var claims = new JsonObject().put("iss", team).put("iat", now.getEpochSecond());
            present = new Signed(key.sign(claims, "ES256", keyId), now);
            signed = present;
        }
        return present.token();
    }

    /** APNs calls it expired: the next one is new, unless this one is so young that a new one would be refused. */
    synchronized void expired() {
        if (signed != null && isOlderThan(SHORTEST_LIFE, signed)) {
            signed = null;
        }
    }

    private boolean isOlderThan(Duration age, Signed token) {
        return Duration.between(token.at(), clock.instant()).compareTo(age) >= 0;
    }
}
