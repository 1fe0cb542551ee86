package dev.carillon.platform.security;

import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.ProblemSender;
import dev.carillon.platform.problem.ProblemType;
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

/** Reads {@code X-API-Key}; answers who cannot show one with 401 as problem+json, on every path alike. */
@ApplicationScoped
class ApiKeyMechanism implements HttpAuthenticationMechanism {

    static final String HEADER = "X-API-Key";

    private final ApiKeys keys;
    private final SecuritySettings settings;
    private final ProblemSender sender;

    ApiKeyMechanism(ApiKeys keys, SecuritySettings settings, ProblemSender sender) {
        this.keys = keys;
        this.settings = settings;
        this.sender = sender;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        var secret = context.request().getHeader(HEADER);
        if (secret == null) {
            return settings.open() ? Uni.createFrom().item(identity(new ApiKey("open", Caller.DEFAULT_TENANT, Roles.ALL, "open")))
                    : Uni.createFrom().nullItem();
        }
        return keys.find(secret).map(key -> identity(key.orElseThrow(() -> new AuthenticationFailedException("unknown key"))));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "ApiKey header=\"" + HEADER + "\""));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        sender.send(context, Problem.of(ProblemType.UNAUTHENTICATED, "Send an API key in the " + HEADER + " header"));
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    private static SecurityIdentity identity(ApiKey key) {
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(key.id())).addRoles(key.roles())
                .addAttribute(Caller.TENANT, key.tenant()).setAnonymous(false).build();
    }
}
