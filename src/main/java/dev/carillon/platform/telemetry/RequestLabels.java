package dev.carillon.platform.telemetry;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Labels requests for metrics. A raw path may hold an address or a link's token, and there are endlessly many, so only
 * the endpoint's path template or one of a few fixed paths is a label. A request refused before it reached an endpoint,
 * also by the HTTP parser, is {@link #UNKNOWN}.
 */
@Singleton
class RequestLabels implements HttpServerMetricsTagsContributor {

    static final String UNKNOWN = "UNKNOWN";

    /** Before credentials (200), permissions (100) and everything else that may refuse. */
    private static final int FIRST = 10_000;

    /** The attribute in which the framework stores the matched path template. */
    private static final String TEMPLATE = "UrlPathTemplate";

    private static final Set<String> FIXED = Set.of(
            "/healthz/live",
            "/healthz/ready",
            "/q/health",
            "/q/health/live",
            "/q/health/ready",
            "/q/health/started",
            "/q/metrics",
            "/q/openapi",
            "/docs");

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    /** A request that is broken off has no answer to be labelled by: so much is said of it from the beginning. */
    void filter(@Observes Filters filters) {
        filters.register(RequestLabels::presume, FIRST);
    }

    @Override
    public Tags contribute(Context context) {
        return Tags.of(
                "uri",
                uri(context.requestContextLocalData(TEMPLATE), context.request()),
                "method",
                method(context.request()));
    }

    static String uri(@Nullable String template, HttpServerRequest request) {
        return template != null ? template : fixed(request.path());
    }

    static String method(HttpServerRequest request) {
        return METHODS.contains(request.method()) ? request.method().name() : UNKNOWN;
    }

    private static String fixed(@Nullable String path) {
        return path == null ? UNKNOWN : path.startsWith("/docs/") ? "/docs" : FIXED.contains(path) ? path : UNKNOWN;
    }

    private static void presume(RoutingContext context) {
        var metric = HttpRequestMetric.getRequestMetric(context);
        if (metric != null) { // where requests are not measured there is none
            metric.setTemplatePath(fixed(context.request().path()));
        }
        context.next();
    }
}
