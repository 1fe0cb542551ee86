package dev.carillon.platform.security;

import java.util.Set;

/** What an API key stands for; the key itself is not kept. */
public record ApiKey(String id, String tenant, Set<String> roles, String label) {

    public ApiKey {
        roles = Set.copyOf(roles);
    }
}
