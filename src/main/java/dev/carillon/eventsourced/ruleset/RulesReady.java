package dev.carillon.eventsourced.ruleset;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports in the health check whether the rules in force are the right ones. It is always up: the service works with
 * older rules, and taking every replica out of service for a misspelt rule would turn a mistake into an outage.
 */
@Readiness
@ApplicationScoped
class RulesReady implements HealthCheck {

    private final ActiveRules active;
    private final RuleTrouble trouble;

    RulesReady(ActiveRules active, RuleTrouble trouble) {
        this.active = active;
        this.trouble = trouble;
    }

    @Override
    public HealthCheckResponse call() {
        var problems = trouble.problems();
        var answer = HealthCheckResponse.named("rules")
                .up()
                .withData("count", active.rules().size())
                .withData("rules", problems.isEmpty() ? "current" : "stale");
        for (int index = 0; index < problems.size(); index++) {
            answer.withData("problem-" + (index + 1), problems.get(index));
        }
        return answer.build();
    }
}
