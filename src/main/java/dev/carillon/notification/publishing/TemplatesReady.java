package dev.carillon.notification.publishing;

import dev.carillon.notification.template.TemplateReload;
import dev.carillon.notification.template.Templates;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports in the health check whether the published texts are in use. It is always up: the service works with older
 * texts.
 */
@Readiness
@ApplicationScoped
class TemplatesReady implements HealthCheck {

    private final Templates templates;
    private final PublishedTemplates published;
    private final PublishedLayouts layouts;
    private final TemplateReload reload;

    TemplatesReady(Templates templates, PublishedTemplates published, PublishedLayouts layouts, TemplateReload reload) {
        this.layouts = layouts;
        this.templates = templates;
        this.published = published;
        this.reload = reload;
    }

    @Override
    public HealthCheckResponse call() {
        var problems = Stream.of(published.problems(), layouts.problems(), reload.problems())
                .flatMap(List::stream)
                .toList();
        var answer = HealthCheckResponse.named("templates")
                .up()
                .withData("count", templates.types().size())
                .withData("templates", problems.isEmpty() ? "current" : "stale");
        for (int index = 0; index < problems.size(); index++) {
            answer.withData("problem-" + (index + 1), problems.get(index));
        }
        return answer.build();
    }
}
