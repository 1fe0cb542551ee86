package dev.carillon.platform.rest;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/** A 403 that says which roles are allowed. */
@ApplicationScoped
class Forbidden {

    private final RolesThatDo roles;

    Forbidden(RolesThatDo roles) {
        this.roles = roles;
    }

    Problem at(@Nullable SimpleResourceInfo endpoint) {
        var would = endpoint == null || endpoint.getResourceClass() == null ? List.<String>of() : roles.at(endpoint);
        return naming(would);
    }

    Uni<Problem> at(RoutingContext request) {
        return roles.at(request).map(Forbidden::naming);
    }

    private static Problem naming(List<String> would) {
        return would.isEmpty()
                ? Diagnosis.forbidden()
                : Problem.of(
                                ProblemType.FORBIDDEN,
                                would.size() == 1
                                        ? "The key needs the role " + would.get(0)
                                        : "The key needs one of the roles " + String.join(", ", would))
                        .with("roles", would);
    }
}
