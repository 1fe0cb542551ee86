package dev.carillon.platform.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** {@code OPTIONS} says of a path what its 405 says: the framework puts all methods of a resource's class there, whichever path they have. */
class AllowFilter {

    private final AllowedMethods methods;

    AllowFilter(AllowedMethods methods) {
        this.methods = methods;
    }

    @ServerResponseFilter
    void say(ContainerRequestContext request, ContainerResponseContext response) {
        if (HttpMethod.OPTIONS.equals(request.getMethod()) && response.getStatus() < 300) {
            response.getHeaders()
                    .putSingle(
                            HttpHeaders.ALLOW,
                            methods.allowed(request.getUriInfo().getPath()));
        }
    }
}
