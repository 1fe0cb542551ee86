package dev.carillon.platform.security;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemSender;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates callers by API key, as {@link Credentials} reads it, or by the session of the console that was begun
 * with one. Without either the answer is 401 as problem+json, on every path; after many wrong keys it is 429.
 */
@ApplicationScoped
class ApiKeyMechanism implements HttpAuthenticationMechanism {

    static final ApiKey OPEN = new ApiKey("open", Caller.DEFAULT_TENANT, Roles.ALL, "open");

    private final ApiKeys keys;
    private final ConsoleSessions sessions;
    private final FailedAttempts failures;
    private final SecuritySettings settings;
    private final ProblemSender sender;

    ApiKeyMechanism(
            ApiKeys keys,
            ConsoleSessions sessions,
            FailedAttempts failures,
            SecuritySettings settings,
            ProblemSender sender) {
        this.keys = keys;
        this.sessions = sessions;
        this.failures = failures;
        this.settings = settings;
        this.sender = sender;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        var request = context.request();
        return Credentials.shown(request)
                .map(secret -> keys.find(secret).map(key -> identity(key.orElseThrow(() -> refused(request)))))
                .orElseGet(() -> sessions.of(request)
                        .map(session -> session.map(ApiKeyMechanism::identity).orElseGet(this::nobody)));
    }

    private RuntimeException refused(HttpServerRequest request) {
        return failures.refusal(request.remoteAddress(), new AuthenticationFailedException("unknown key"));
    }

    private @Nullable SecurityIdentity nobody() {
        return settings.open() ? identity(OPEN) : null;
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", Problem.CHALLENGES));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        sender.send(context, Problem.unauthenticated());
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    private static SecurityIdentity identity(ApiKey key) {
        return of(key).build();
    }

    private static SecurityIdentity identity(Session session) {
        return of(session.key()).addAttribute(Caller.SESSION, session).build();
    }

    private static QuarkusSecurityIdentity.Builder of(ApiKey key) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.id()))
                .addRoles(key.roles())
                .addAttribute(Caller.TENANT, key.tenant())
                .setAnonymous(false);
    }
}
