package dev.carillon.platform.query;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Link;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import java.util.ArrayList;
import java.util.List;

/**
 * What HTTP says of an answer beside its content: its version, where the next page is, and that nobody in between keeps it. Almost
 * everything here is about somebody; what may be kept says so itself.
 */
class AnswerHeadersFilter {

    private static final String NOT_KEPT = "no-store";

    @ServerResponseFilter
    void complete(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        headers.computeIfAbsent(HttpHeaders.CACHE_CONTROL, none -> new ArrayList<>(List.of(NOT_KEPT)));
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (response.getEntity() instanceof Versioned one && one.version() != null && one.version() > 0) {
            headers.computeIfAbsent(HttpHeaders.ETAG, none -> new ArrayList<>(List.of(Tags.of(String.valueOf(one.version())))));
        }
        if (response.getEntity() instanceof Paged page && page.next() != null) {
            var next = request.getUriInfo().getRequestUriBuilder().replaceQueryParam("after", page.next()).build();
            headers.add(HttpHeaders.LINK, Link.fromUri(next.getRawPath() + "?" + next.getRawQuery()).rel("next").build());
        }
        if (isKnown(request, response)) {
            response.setStatus(304);
            response.setEntity(null);
        }
    }

    private static boolean isKnown(ContainerRequestContext request, ContainerResponseContext response) {
        var known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        var tag = response.getHeaderString(HttpHeaders.ETAG);
        var reads = request.getMethod().equals(HttpMethod.GET) || request.getMethod().equals(HttpMethod.HEAD);
        return known != null && tag != null && reads && response.getStatus() == 200 && Tags.name(known, tag.substring(1, tag.length() - 1));
    }
}
