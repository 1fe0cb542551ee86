package dev.carillon.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.comparison.stage.StoryFault;
import dev.carillon.comparison.stage.StoryFault.Remedy;
import dev.carillon.comparison.story.Story;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One scenario through both doors, side by side. */
@RegisterForReflection
@Schema(description = "The same story through both doors, side by side.")
record ComparisonReport(
        String scenario,
        RunReport eventSourced,
        RunReport apiDriven,

        @Schema(description = "Whether both sent the same customers the same texts on the same channels")
        boolean sameOutcome,

        @Schema(description = "Every message only one door sent")
        List<String> differences,

        @Schema(description = "Which team depends on what, derived from the classes that ran")
        PerDoor<Map<String, List<String>>> dependencies,

        @Schema(description = "Mermaid sequence diagrams of the recorded steps")
        PerDoor<String> diagrams,

        @Schema(description = "Lines that a team writes for the notification, in its own language")
        PerDoor<Lines> lines,

        @Schema(
                description = "What broke; left out where nothing did",
                implementation = String.class,
                examples = "caller-dies")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        StoryFault fault,

        @Schema(
                description = "What was done against it; left out where nothing broke",
                implementation = String.class,
                examples = "outbox")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Remedy remedy) {

    /**
     * How much is written for one kind of notification.
     *
     * @param lines without comments and blank ones
     * @param of    what was counted
     */
    @RegisterForReflection
    record Lines(int lines, String of) {}

    /** One value for each door. */
    @RegisterForReflection
    record PerDoor<T>(T eventSourced, T apiDriven) {

        static <T> PerDoor<T> of(RunReport eventSourced, RunReport apiDriven, Function<RunReport, T> make) {
            return new PerDoor<>(make.apply(eventSourced), make.apply(apiDriven));
        }
    }

    static ComparisonReport of(Story story, RunReport eventSourced, RunReport apiDriven, StageQuery query) {
        var differences = Stream.concat(onlyIn(eventSourced, apiDriven), onlyIn(apiDriven, eventSourced))
                .toList();
        return new ComparisonReport(
                eventSourced.scenario(),
                eventSourced,
                apiDriven,
                differences.isEmpty(),
                differences,
                PerDoor.of(eventSourced, apiDriven, Dependencies::of),
                PerDoor.of(eventSourced, apiDriven, SequenceDiagram::of),
                WrittenLines.of(story),
                query.fault(),
                query.fault() == null ? null : query.remedy());
    }

    /** Counted, not collected: a message sent twice through one door is a difference too. */
    private static Stream<String> onlyIn(RunReport one, RunReport other) {
        var there = counted(other);
        return counted(one).entrySet().stream()
                .filter(message -> message.getValue() > there.getOrDefault(message.getKey(), 0L))
                .map(message -> "only " + one.approach().wire() + ": "
                        + message.getKey().type() + " to " + message.getKey().customerId() + " by "
                        + message.getKey().channel())
                .sorted();
    }

    private static Map<RunReport.SentMessage, Long> counted(RunReport report) {
        return report.notifications().stream()
                .collect(Collectors.groupingBy(RunReport.ToldMessage::message, Collectors.counting()));
    }
}
