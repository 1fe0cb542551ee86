package dev.carillon.eventsourced.ruleset;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reports rules that should be in force and are not: in the log once for each distinct problem, in the gauge {@code
 * carillon.rules.broken} (0 or 1), and in the health check while it lasts.
 */
@ApplicationScoped
class RuleTrouble {

    /** Where the change came from. */
    enum Source {
        FILES,
        API
    }

    private final MeterRegistry meters;
    private final Map<Source, List<String>> problems = new EnumMap<>(Source.class);

    RuleTrouble(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("carillon.rules.broken", () -> problems().isEmpty() ? 0 : 1)
                .description("1 while changed rules cannot be loaded and the previous ones are in force")
                .register(meters);
    }

    /** A change was accepted completely. */
    synchronized void taken(Source source) {
        counted(source, "taken");
        if (problems.remove(source) != null) {
            Log.infof("rules are valid again: source=%s", wire(source));
        }
    }

    /** A change was refused; what was in force before stays. */
    synchronized void refused(Source source, List<String> found) {
        if (!found.equals(problems.put(source, found))) {
            counted(source, "refused");
            Log.warnf(
                    "changed rules are invalid; the previous ones stay in force: source=%s\n%s",
                    wire(source), String.join("\n", found));
        }
    }

    /** The problems, each with file and position; empty if there are none. */
    synchronized List<String> problems() {
        return problems.values().stream().flatMap(List::stream).collect(Collectors.toList());
    }

    private void counted(Source source, String outcome) {
        Counter.builder("carillon.rules.reloads")
                .description("Changes of rules, taken or refused")
                .tag("source", wire(source))
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    private static String wire(Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
