package dev.carillon.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

/** Who makes this request. Ask before anything is handed on: it ends with the request. */
@RequestScoped
public class Caller {

    public static final String DEFAULT_TENANT = "default";

    static final String TENANT = "tenant";

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The tenant the credentials belong to: the caller never names one. */
    public String tenant() {
        return identity.getAttribute(TENANT);
    }

    /** Which credentials these are: an API key's id, never the key. */
    public String id() {
        return identity.getPrincipal().getName();
    }
}
