package dev.carillon.platform.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that no precondition is ignored: an unreadable one is a 400, one that cannot be met here a 412 (RFC 9110,
 * 13.1).
 */
class PreconditionFilter {

    private static final String HEEDED = PreconditionFilter.class.getName();
    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Conditional
    @ServerRequestFilter(priority = Priorities.HEADER_DECORATOR)
    void heeded(ContainerRequestContext request) {
        request.setProperty(HEEDED, true);
    }

    @ServerRequestFilter(priority = Priorities.USER)
    void check(ContainerRequestContext request) {
        var ifMatch = tags(request, HttpHeaders.IF_MATCH);
        var ifNoneMatch = tags(request, HttpHeaders.IF_NONE_MATCH);
        if (READS.contains(request.getMethod()) || request.getProperty(HEEDED) != null) {
            return;
        }
        if (ifMatch != null && !ifMatch.any()) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "What is here has no versions");
        }
        if (ifNoneMatch != null && ifNoneMatch.any() && !request.getMethod().equals(HttpMethod.POST)) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "This is done only to what there is");
        }
    }

    /** An endpoint is given the first line of a header, and none that is empty: it gets all of them as one. */
    private static @Nullable Tags tags(ContainerRequestContext request, String header) {
        var lines = request.getHeaders().get(header);
        if (lines == null || lines.isEmpty()) {
            return null;
        }
        var all = String.join(", ", lines);
        request.getHeaders().putSingle(header, all);
        return Tags.of(header, all);
    }
}
