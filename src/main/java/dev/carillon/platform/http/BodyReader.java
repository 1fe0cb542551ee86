package dev.carillon.platform.http;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemSender;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.security.PeerAddress;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole body of every request before any handler sees it, so that one place counts the memory bodies take.
 * The caller is known by then: unauthorised requests are answered without reading.
 */
@ApplicationScoped
class BodyReader {

    /** After credentials (200) and permissions (100). */
    private static final int AFTER_SECURITY = 50;

    private static final Problem TOO_MANY_CONNECTIONS = Problem.tooMany(
            "Requests with your keys use half of the connections of this process, the most that are allowed; use fewer at once",
            Duration.ofSeconds(5));

    private final BodyLimits limits;
    private final BodyBudget budget;
    private final HttpSettings settings;
    private final ProblemSender sender;

    BodyReader(BodyLimits limits, BodyBudget budget, HttpSettings settings, ProblemSender sender) {
        this.limits = limits;
        this.budget = budget;
        this.settings = settings;
        this.sender = sender;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::read, AFTER_SECURITY);
    }

    private void read(RoutingContext context) {
        var tenant = Caller.tenantOf(context);
        if (tenant != null && !ConnectionGuard.known(context.request().connection(), tenant)) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            sender.send(context, TOO_MANY_CONNECTIONS);
        } else if (Bodies.isSent(context.request())) {
            new BodyReading(context, sender, limits.of(context.request().path()), budget, owner(context, tenant))
                    .begin(settings.bodyTimeout());
        } else {
            context.next();
        }
    }

    private static BodyBudget.BodyOwner owner(RoutingContext context, @Nullable String tenant) {
        return tenant == null
                ? new BodyBudget.BodyOwner(
                        true, PeerAddress.of(context.request().remoteAddress()))
                : new BodyBudget.BodyOwner(false, tenant);
    }
}
