package dev.carillon.comparison;

import dev.carillon.comparison.scenario.Scenario;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The scenarios whose teams are written in Java. */
@ApplicationScoped
class Scenarios {

    private final List<Scenario> scenarios;
    private final DemoSettings settings;

    Scenarios(@All List<Scenario> scenarios, DemoSettings settings) {
        this.scenarios = scenarios;
        this.settings = settings;
    }

    /** Empty where a scenario is told by a file only, or there is none. */
    Optional<Scenario> inJava(String name) {
        requireDemo();
        return scenarios.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst();
    }

    void requireDemo() {
        if (!settings.enabled()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The demo is off: start with CARILLON_DEMO_ENABLED=true");
        }
    }
}
