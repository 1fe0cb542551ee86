package dev.carillon.comparison;

import dev.carillon.comparison.scenario.Scenario;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** All scenarios. */
@ApplicationScoped
class Scenarios {

    private final List<Scenario> scenarios;
    private final DemoSettings settings;

    Scenarios(@All List<Scenario> scenarios, DemoSettings settings) {
        this.scenarios =
                scenarios.stream().sorted(Comparator.comparing(Scenario::name)).toList();
        this.settings = settings;
    }

    List<Scenario> all() {
        if (!settings.enabled()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The demo is off: start with CARILLON_DEMO_ENABLED=true");
        }
        return scenarios;
    }

    Scenario named(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                                ProblemType.UNKNOWN_SCENARIO,
                                "No scenario is called like that; known: " + String.join(", ", names()))
                        .with("scenarios", names())));
    }

    private List<String> names() {
        return scenarios.stream().map(Scenario::name).toList();
    }
}
