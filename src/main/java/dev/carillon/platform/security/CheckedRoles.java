package dev.carillon.platform.security;

import dev.carillon.platform.rest.RolesThatDo;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.MethodDescription;
import io.quarkus.security.spi.runtime.SecurityCheck;
import io.quarkus.security.spi.runtime.SecurityCheckStorage;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy.CheckResult;
import io.quarkus.vertx.http.runtime.security.PathMatchingHttpSecurityPolicy;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Checks which roles are allowed. For an endpoint it uses the check the build made from the annotations, which a native
 * binary cannot read; for a path, its configured policies.
 */
@ApplicationScoped
class CheckedRoles implements RolesThatDo {

    private final SecurityCheckStorage checks;
    private final PathMatchingHttpSecurityPolicy paths;

    CheckedRoles(SecurityCheckStorage checks, PathMatchingHttpSecurityPolicy paths) {
        this.checks = checks;
        this.paths = paths;
    }

    @Override
    public List<String> at(SimpleResourceInfo endpoint) {
        var method = new MethodDescription(
                endpoint.getResourceClass().getName(),
                endpoint.getMethodName(),
                MethodDescription.typesAsStrings(endpoint.parameterTypes()));
        var check = checks.getSecurityCheck(method);
        return check == null
                ? List.of()
                : Roles.ALL.stream()
                        .sorted()
                        .filter(role -> letsIn(check, method, role))
                        .toList();
    }

    @Override
    public Uni<List<String>> at(RoutingContext request) {
        return Multi.createFrom()
                .iterable(new TreeSet<>(Roles.ALL))
                .select()
                .when(role -> letsIn(request, role))
                .collect()
                .asList();
    }

    private Uni<Boolean> letsIn(RoutingContext request, String role) {
        return paths.checkPermission(
                        request,
                        Uni.createFrom().item(somebody(role)),
                        (context, identity, blocking) -> CheckResult.deny())
                .map(CheckResult::isPermitted);
    }

    private static boolean letsIn(SecurityCheck check, MethodDescription method, String role) {
        try {
            check.apply(somebody(role), method, new Object[0]);
            return true;
        } catch (ForbiddenException refused) {
            return false;
        }
    }

    private static SecurityIdentity somebody(String role) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("somebody"))
                .addRole(role)
                .setAnonymous(false)
                .build();
    }
}
