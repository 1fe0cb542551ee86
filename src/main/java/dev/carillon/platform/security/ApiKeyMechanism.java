package dev.carillon.platform.security;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
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
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Authenticates callers by API key, as {@link Credentials} reads it. Without a valid key the answer is 401 as
 * problem+json, on every path; after many wrong keys it is 429.
 */
@ApplicationScoped
class ApiKeyMechanism implements HttpAuthenticationMechanism {

    private static final ApiKey OPEN = new ApiKey("open", Caller.DEFAULT_TENANT, Roles.ALL, "open");

    private final ApiKeys keys;
    private final FailedAttempts failures;
    private final SecuritySettings settings;
    private final ProblemSender sender;

    ApiKeyMechanism(ApiKeys keys, FailedAttempts failures, SecuritySettings settings, ProblemSender sender) {
        this.keys = keys;
        this.failures = failures;
        this.settings = settings;
        this.sender = sender;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        return Credentials.shown(context.request())
                .map(secret -> keys.find(secret).map(key -> identity(key.orElseThrow(() -> refused(context)))))
                .orElseGet(() -> settings.open()
                        ? Uni.createFrom().item(identity(OPEN))
                        : Uni.createFrom().nullItem());
    }

    private RuntimeException refused(RoutingContext context) {
        return failures.another(PeerAddress.of(context.request().remoteAddress()))
                .<RuntimeException>map(wait ->
                        new ProblemException(Problem.tooMany("Too many wrong keys came from this address", wait)))
                .orElseGet(() -> new AuthenticationFailedException("unknown key"));
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
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.id()))
                .addRoles(key.roles())
                .addAttribute(Caller.TENANT, key.tenant())
                .setAnonymous(false)
                .build();
    }
}
