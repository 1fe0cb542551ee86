package dev.carillon.platform.body;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses text bodies that are not valid {@link Characters}, and JSON bodies that hold something {@link Unstorable},
 * before anyone reads them. Invalid JSON is left to its reader. Refuses any body where none is read.
 */
@ApplicationScoped
class BodyCheck {

    private static final String LEFT = BodyCheck.class.getName();

    /** {@code {}} with some white space. */
    private static final int SHORT = 64;

    private final Json json;
    private final CurrentVertxRequest current;

    BodyCheck(Json json, CurrentVertxRequest current) {
        this.json = json;
        this.current = current;
    }

    @ChecksItsBody
    @ServerRequestFilter(priority = Priorities.HEADER_DECORATOR)
    void leave(ContainerRequestContext request) {
        request.setProperty(LEFT, true);
    }

    @ServerRequestFilter(priority = Priorities.USER)
    void check(ContainerRequestContext request) {
        var body = current.getCurrent().body().buffer();
        if (body == null || body.length() == 0 || request.getMediaType() == null) {
            return;
        }
        var bytes = body.getBytes();
        Characters.problem(request.getMediaType(), bytes).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        if (request.getProperty(LEFT) == null
                && Characters.isJson(request.getMediaType().getSubtype())) {
            requireStorable(bytes);
        }
    }

    private void requireStorable(byte[] bytes) {
        var content = Unstorable.mayBeIn(bytes) ? content(bytes) : null;
        var found = content == null ? null : Unstorable.in(content);
        if (found != null && !found.isEmpty()) {
            throw new ProblemException(Problem.invalid(found));
        }
    }

    private @Nullable JsonNode content(byte[] body) {
        try {
            return json.tree(body);
        } catch (UncheckedIOException notJson) {
            return null;
        }
    }

    /** {@code {}} is allowed, because some clients send it with every POST. */
    @TakesNoBody
    @ServerRequestFilter(priority = Priorities.USER + 1)
    void refuseAny(ContainerRequestContext request) {
        var body = current.getCurrent().body().buffer();
        if (body == null || body.length() <= SHORT && saysNothing(body.toString(StandardCharsets.UTF_8))) {
            return;
        }
        if (request.getMediaType() == null
                || !request.getMediaType().getSubtype().equalsIgnoreCase("json")) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Nothing is read here; send no body");
        }
        throw new ProblemException(Problem.invalid("", "must be left out: nothing of it is read here"));
    }

    private static boolean saysNothing(String body) {
        return body.isBlank() || body.replaceAll("\\s", "").equals("{}");
    }
}
