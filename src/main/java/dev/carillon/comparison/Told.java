package dev.carillon.comparison;

import dev.carillon.comparison.FaultReport.FaultLine;
import dev.carillon.comparison.FaultReport.FaultRun;
import dev.carillon.comparison.StageRun.Telling;
import dev.carillon.comparison.stage.StoryFault;
import dev.carillon.comparison.stage.StoryFault.Remedy;
import dev.carillon.comparison.story.Story;
import dev.carillon.comparison.story.Story.Expected;
import dev.carillon.platform.limit.HeavyWork;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stories that are told as data: found by name or read, compared, and broken. */
@ApplicationScoped
class Told {

    /** Runs of one report at once. Each has its own tenant. */
    private static final int AT_ONCE = 3;

    private static final Duration READ_WITHIN = Duration.ofSeconds(20);

    private final HeavyWork reading = new HeavyWork("Other scenarios are being read; try again in a second");
    private final Scenarios scenarios;
    private final StoryFiles files;
    private final StageRun run;
    private final Caller caller;

    Told(Scenarios scenarios, StoryFiles files, StageRun run, Caller caller) {
        this.scenarios = scenarios;
        this.files = files;
        this.run = run;
        this.caller = caller;
    }

    /** In the order of their names. */
    Uni<List<Story>> all() {
        scenarios.requireDemo();
        return aside(files::all)
                .map(all -> all.values().stream()
                        .sorted(Comparator.comparing(Story::name))
                        .toList());
    }

    Uni<Story> named(String name) {
        return all().map(all -> all.stream()
                .filter(story -> story.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(all.stream().map(Story::name).toList())));
    }

    /** A story that somebody sends, which is kept nowhere. */
    Uni<Story> read(@Nullable String text) {
        scenarios.requireDemo();
        if (text == null || text.isBlank()) {
            throw new ProblemException(Problem.invalid("", "is required"));
        }
        return aside(() -> files.read(text));
    }

    private static ProblemException unknown(List<String> known) {
        return new ProblemException(Problem.of(
                        ProblemType.UNKNOWN_SCENARIO,
                        "No scenario is called like that; known: " + String.join(", ", known))
                .with("scenarios", known));
    }

    private <T> Uni<T> aside(Supplier<T> work) {
        return reading.run(
                caller.tenant(),
                READ_WITHIN,
                stopped -> work.get(),
                () -> new ProblemException(ProblemType.UNAVAILABLE, "The scenarios could not be read in time"));
    }

    Uni<RunReport> through(Story story, Approach approach, StageQuery query) {
        var fault = query.fault();
        requireFault(story, fault);
        return run.run(
                new Telling(story, approach, fault, query.remedy(), query.latencyMillis(), expected(story, fault)));
    }

    /** Through both doors, one after the other, so that neither disturbs the other's figures. */
    Uni<ComparisonReport> compare(Story story, StageQuery query) {
        return through(story, Approach.EVENT_SOURCED, query)
                .chain(eventSourced -> through(story, Approach.API_DRIVEN, query)
                        .map(apiDriven -> ComparisonReport.of(story, eventSourced, apiDriven, query)));
    }

    /** Every fault, or one, with each of its remedies through both doors. */
    Uni<FaultReport> broken(Story story, StageQuery query) {
        var only = query.fault();
        var latency = query.latencyMillis();
        var faults = only == null ? List.of(StoryFault.values()) : List.of(only);
        return usual(story, latency).chain(usual -> {
            var tellings = faults.stream()
                    .filter(fault -> missing(story, fault) == null)
                    .flatMap(fault -> fault.remedies().stream()
                            .filter(remedy -> query.remedy == null || remedy == query.remedy())
                            .flatMap(remedy -> Arrays.stream(Approach.values())
                                    .map(approach -> new Telling(
                                            story,
                                            approach,
                                            fault,
                                            remedy,
                                            latency,
                                            expected(story, fault, usual.get(approach))))))
                    .toList();
            return several(tellings).map(reports -> {
                var runs = new ArrayList<FaultRun>();
                for (int n = 0; n < tellings.size(); n++) {
                    runs.add(FaultRun.of(tellings.get(n), reports.get(n)));
                }
                return new FaultReport(
                        story.name(),
                        story.summary(),
                        faults.stream()
                                .map(fault -> FaultLine.of(
                                        fault,
                                        missing(story, fault),
                                        runs.stream()
                                                .filter(one -> one.fault() == fault)
                                                .toList()))
                                .toList());
            });
        });
    }

    private Uni<List<RunReport>> several(List<Telling> tellings) {
        return tellings.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join()
                        .all(tellings.stream().map(run::run).toList())
                        .usingConcurrencyOf(AT_ONCE)
                        .andFailFast();
    }

    /** What each door sends when nothing breaks, where the story does not say what is expected. */
    private Uni<Map<Approach, List<Expected>>> usual(Story story, int latency) {
        Map<Approach, List<Expected>> usual = new EnumMap<>(Approach.class);
        if (story.expect() != null) {
            Stream.of(Approach.values()).forEach(approach -> usual.put(approach, story.expect()));
            return Uni.createFrom().item(usual);
        }
        return each(
                        List.of(Approach.values()),
                        approach -> run.run(new Telling(story, approach, null, Remedy.NONE, latency, null))
                                .invoke(report -> usual.put(approach, StageRun.asExpected(report.notifications()))))
                .replaceWith(usual);
    }

    private static @Nullable List<Expected> expected(Story story, @Nullable StoryFault fault) {
        return expected(story, fault, story.expect());
    }

    private static @Nullable List<Expected> expected(
            Story story, @Nullable StoryFault fault, @Nullable List<Expected> usual) {
        var change = story.faults().preferenceChange();
        if (fault != StoryFault.PREFERENCE_CHANGES || change == null) {
            return usual;
        }
        return change.expect() != null || usual == null
                ? change.expect()
                : usual.stream()
                        .map(one -> !one.customer().equals(change.customer())
                                ? one
                                : new Expected(
                                        one.customer(),
                                        one.type(),
                                        one.channels().stream()
                                                .filter(channel ->
                                                        change.choices().getOrDefault(channel, true))
                                                .toList(),
                                        one.says()))
                        .toList();
    }

    private static void requireFault(Story story, @Nullable StoryFault fault) {
        var missing = fault == null ? null : missing(story, fault);
        if (missing != null) {
            throw new ProblemException(ProblemType.CONFLICT, missing);
        }
    }

    /** What the story does not say that this fault needs; null if it can happen. */
    static @Nullable String missing(Story story, StoryFault fault) {
        var says = switch (fault) {
            case RULE_WRONG -> story.faults().wrongRule();
            case PREFERENCE_CHANGES -> story.faults().preferenceChange();
            case OUT_OF_ORDER -> story.facts().size() > 1 ? story : null;
            default -> story;
        };
        if (says != null) {
            return null;
        }
        return fault == StoryFault.OUT_OF_ORDER
                ? "There is one fact only, so there is no order"
                : "The scenario does not say faults/" + fault.wire();
    }

    <T, R> Uni<List<R>> each(List<T> items, Function<T, Uni<R>> work) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .asList();
    }
}
