package dev.carillon.platform.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Makes {@code OPTIONS} answer with the same methods as a path's 405. The framework lists all methods of the resource
 * class, whatever their paths.
 */
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
