package dev.carillon.platform.security;

import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The caller of the current request. Read it before handing work on: it ends with the request. */
@RequestScoped
public class Caller {

    public static final String DEFAULT_TENANT = "default";

    static final String TENANT = "tenant";
    static final String SESSION = "session";

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The tenant the credentials belong to: the caller never names one. */
    public String tenant() {
        return identity.getAttribute(TENANT);
    }

    /** The tenant of a request whose credentials have been checked; null where it has shown none. */
    public static @Nullable String tenantOf(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                ? user.getSecurityIdentity().getAttribute(TENANT)
                : null;
    }

    /**
     * Refuses every tenant but {@code default}, which manages what belongs to all tenants.
     *
     * @param refusal the error text of the refusal
     */
    public void requireDefaultTenant(String refusal) {
        if (!DEFAULT_TENANT.equals(tenant())) {
            throw new ProblemException(ProblemType.FORBIDDEN, refusal);
        }
    }

    public Set<String> roles() {
        return identity.getRoles();
    }

    /** The session of the console that the request belongs to; null where it shows a key, or nothing in open mode. */
    public @Nullable Session session() {
        return identity.getAttribute(SESSION);
    }

    /** Whether nobody is asked who they are: open mode. */
    public boolean isAnybody() {
        return ApiKeyMechanism.OPEN.id().equals(id());
    }

    /** Which credentials these are: an API key's id, never the key. */
    public String id() {
        return identity.getPrincipal().getName();
    }
}
