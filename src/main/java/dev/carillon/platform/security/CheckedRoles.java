package dev.carillon.platform.security;

import dev.carillon.platform.problem.RolesThatDo;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.MethodDescription;
import io.quarkus.security.spi.runtime.SecurityCheck;
import io.quarkus.security.spi.runtime.SecurityCheckStorage;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

import java.util.List;

/** Asks the check that the build made of an endpoint's annotations about each role. Annotations are not there to be read in a native binary. */
@ApplicationScoped
class CheckedRoles implements RolesThatDo {

    private final SecurityCheckStorage checks;

    CheckedRoles(SecurityCheckStorage checks) {
        this.checks = checks;
    }

    @Override
    public List<String> at(SimpleResourceInfo endpoint) {
        var method = new MethodDescription(endpoint.getResourceClass().getName(), endpoint.getMethodName(), MethodDescription.typesAsStrings(endpoint.parameterTypes()));
        var check = checks.getSecurityCheck(method);
        return check == null ? List.of() : Roles.ALL.stream().sorted().filter(role -> letsIn(check, method, role)).toList();
    }

    private static boolean letsIn(SecurityCheck check, MethodDescription method, String role) {
        var somebody = QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal("somebody")).addRole(role).setAnonymous(false).build();
        try {
            check.apply(somebody, method, new Object[0]);
            return true;
        } catch (ForbiddenException refused) {
            return false;
        }
    }
}
