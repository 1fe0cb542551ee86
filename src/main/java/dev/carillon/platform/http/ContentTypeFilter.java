package dev.carillon.platform.http;

import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

/**
 * Refuses bad {@code Content-Type} headers that the framework lets pass: missing, wildcard, or with an unknown charset.
 */
@Provider
class ContentTypeFilter implements ResteasyReactiveContainerRequestFilter {

    private static final Set<String> WITH_A_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    @Override
    public void filter(ResteasyReactiveContainerRequestContext request) {
        var taken = taken(request);
        var asked = !taken.isEmpty() && taken.stream().noneMatch(MediaType::isWildcardType);
        if (!WITH_A_BODY.contains(request.getMethod()) || !asked && !hasBody(request)) {
            return;
        }
        var sent = request.getMediaType();
        if (sent == null) {
            if (asked) {
                throw refused("A body needs a Content-Type: " + names(taken));
            }
            return;
        }
        if (sent.isWildcardType() || sent.isWildcardSubtype()) {
            throw refused("Content-Type must name one type");
        }
        var charset = sent.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !isKnown(charset)) {
            throw refused("What is in this charset is not understood here: send UTF-8");
        }
    }

    private static List<MediaType> taken(ResteasyReactiveContainerRequestContext request) {
        return request.getServerRequestContext() instanceof ResteasyReactiveRequestContext context
                        && context.getTarget() != null
                ? context.getTarget().getConsumes()
                : List.of();
    }

    private static boolean hasBody(ResteasyReactiveContainerRequestContext request) {
        return request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null;
    }

    /** For JSON a charset means nothing (RFC 8259, 11): some clients name ISO-8859-1 whatever they send. It is read as UTF-8, and bytes that are none are refused. */
    private static boolean isKnown(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private static String names(List<MediaType> taken) {
        return taken.stream().map(MediaType::toString).collect(Collectors.joining(", "));
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, why);
    }
}
