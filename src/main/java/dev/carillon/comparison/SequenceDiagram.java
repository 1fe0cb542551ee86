package dev.carillon.comparison;

import dev.carillon.platform.steps.Step;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws the recorded steps as a Mermaid sequence diagram. */
final class SequenceDiagram {

    private SequenceDiagram() {}

    static String of(RunReport report) {
        var participants = report.steps().stream()
                .flatMap(step -> Stream.of(step.component(), step.target()))
                .distinct()
                .map(name -> "  participant " + name);
        var messages = report.steps().stream().map(SequenceDiagram::message);
        return Stream.concat(Stream.of("sequenceDiagram"), Stream.concat(participants, messages))
                .collect(Collectors.joining("\n"));
    }

    private static String message(Step step) {
        var arrow = switch (step.kind()) {
            case PUBLISH, HEAR, SEND -> "-)";
            case FAULT -> "--x";
            case CALL, LOOKUP_BY_DOMAIN_TEAM, LOOKUP_BY_SERVICE, DECIDE -> "->>";
        };
        return "  " + step.component() + arrow + step.target() + ": "
                + step.action().replace(';', ',').replace('#', ' ');
    }
}
