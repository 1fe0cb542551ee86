package dev.carillon.platform.problem;

import jakarta.annotation.security.RolesAllowed;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** A refusal that says which roles would do. */
final class Forbidden {

    private Forbidden() {
    }

    static Problem at(@Nullable SimpleResourceInfo endpoint) {
        var roles = endpoint == null || endpoint.getResourceClass() == null ? List.<String>of() : roles(endpoint);
        return roles.isEmpty() ? Diagnosis.forbidden() : Problem.of(ProblemType.FORBIDDEN, roles.size() == 1 ? "The key needs the role " + roles.get(0)
                : "The key needs one of the roles " + String.join(", ", roles)).with("roles", roles);
    }

    private static List<String> roles(SimpleResourceInfo endpoint) {
        try {
            var own = endpoint.getResourceClass().getDeclaredMethod(endpoint.getMethodName(), endpoint.parameterTypes()).getAnnotation(RolesAllowed.class);
            var allowed = own != null ? own : endpoint.getResourceClass().getAnnotation(RolesAllowed.class);
            return allowed == null ? List.of() : List.of(allowed.value());
        } catch (NoSuchMethodException e) {
            return List.of();
        }
    }
}
