package dev.carillon.platform.security;

import java.util.Set;

/** An API key's tenant, roles and label. The key itself is not stored. */
public record ApiKey(String id, String tenant, Set<String> roles, String label) {

    public ApiKey {
        roles = Set.copyOf(roles);
    }
}
