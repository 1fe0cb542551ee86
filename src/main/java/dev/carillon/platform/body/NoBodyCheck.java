package dev.carillon.platform.body;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a body where none is read. {@code {}} is allowed, because some clients send it with every POST. */
@ApplicationScoped
class NoBodyCheck {

    /** {@code {}} with some white space. */
    private static final int SHORT = 64;

    private final CurrentVertxRequest current;

    NoBodyCheck(CurrentVertxRequest current) {
        this.current = current;
    }

    @TakesNoBody
    @ServerRequestFilter(priority = Priorities.USER + 1)
    void refuse(ContainerRequestContext request) {
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
