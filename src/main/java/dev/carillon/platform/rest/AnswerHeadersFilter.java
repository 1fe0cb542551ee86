package dev.carillon.platform.rest;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Adds HTTP headers to answers: the version, the next page, and {@code Cache-Control}. By default nothing may be
 * cached, because almost every answer is about a person; exceptions set their own header.
 */
class AnswerHeadersFilter {

    private static final String NOT_KEPT = "no-store";
    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final AllowedMethods methods;

    AnswerHeadersFilter(AllowedMethods methods) {
        this.methods = methods;
    }

    /** The same methods as those of a path's 405. The framework lists all of the resource class, whatever their paths. */
    @ServerResponseFilter
    void allow(ContainerRequestContext request, ContainerResponseContext response) {
        if (HttpMethod.OPTIONS.equals(request.getMethod()) && response.getStatus() < 300) {
            response.getHeaders()
                    .putSingle(
                            HttpHeaders.ALLOW,
                            methods.allowed(request.getUriInfo().getPath()));
        }
    }

    @ServerResponseFilter
    void complete(ContainerRequestContext request, HttpServerRequest sent, ContainerResponseContext response) {
        var headers = response.getHeaders();
        headers.computeIfAbsent(HttpHeaders.CACHE_CONTROL, none -> new ArrayList<>(List.of(NOT_KEPT)));
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (response.getEntity() instanceof Versioned one && one.version() != null && one.version() > 0) {
            headers.computeIfAbsent(
                    HttpHeaders.ETAG, none -> new ArrayList<>(List.of(Tags.of(String.valueOf(one.version())))));
        }
        if (response.getEntity() instanceof Paged page && page.next() != null) {
            headers.add(
                    HttpHeaders.LINK,
                    "<" + Paged.targetAfter(sent.uri(), page.next().toString()) + ">; rel=\"next\"");
        }
        if (isOther(request, response)) {
            var refusal = Problem.of(ProblemType.PRECONDITION_FAILED, "Another version is the current one")
                    .at(request.getUriInfo().getPath());
            response.setStatus(refusal.status());
            response.setEntity(refusal, new Annotation[0], MediaType.valueOf(Problem.MEDIA_TYPE));
        } else if (isKnown(request, response)) {
            response.setStatus(304);
            response.setEntity(null);
        }
    }

    private static boolean isOther(ContainerRequestContext request, ContainerResponseContext response) {
        var wanted = request.getHeaderString(HttpHeaders.IF_MATCH);
        return wanted != null
                && isRead(request, response)
                && !Tags.of(HttpHeaders.IF_MATCH, wanted).nameExactly(version(response));
    }

    private static boolean isKnown(ContainerRequestContext request, ContainerResponseContext response) {
        var known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        return known != null
                && isRead(request, response)
                && Tags.of(HttpHeaders.IF_NONE_MATCH, known).name(version(response));
    }

    /** And what was read has a version. */
    private static boolean isRead(ContainerRequestContext request, ContainerResponseContext response) {
        return READS.contains(request.getMethod())
                && response.getStatus() == 200
                && response.getHeaderString(HttpHeaders.ETAG) != null;
    }

    private static String version(ContainerResponseContext response) {
        var tag = response.getHeaderString(HttpHeaders.ETAG);
        return tag.substring(1, tag.length() - 1);
    }
}
