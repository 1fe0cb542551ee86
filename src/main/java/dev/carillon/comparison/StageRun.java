package dev.carillon.comparison;

import dev.carillon.apidriven.caller.CustomerCaller;
import dev.carillon.apidriven.caller.Team;
import dev.carillon.comparison.RunReport.Cost;
import dev.carillon.comparison.RunReport.OverTheWire;
import dev.carillon.comparison.RunReport.ToldMessage;
import dev.carillon.comparison.sample.SampleData;
import dev.carillon.comparison.sample.SamplePlatform;
import dev.carillon.comparison.stage.NotTakenException;
import dev.carillon.comparison.stage.Stages;
import dev.carillon.comparison.stage.StoryFault;
import dev.carillon.comparison.stage.StoryFault.Remedy;
import dev.carillon.comparison.stage.StoryStage;
import dev.carillon.comparison.stage.StoryStage.StageSetting;
import dev.carillon.comparison.story.Story;
import dev.carillon.comparison.story.Story.Expected;
import dev.carillon.notification.decision.Door;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.security.Roles;
import dev.carillon.platform.steps.Journey;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.steps.Step;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs one story that is told as data through one door, in a tenant of its own, with a fault or without. */
@ApplicationScoped
class StageRun {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String EVENT_API = "EventApi";
    private static final String PUBLISHED = "published ";

    private final DemoTenants tenants;
    private final SamplePlatform platform;
    private final SampleData sample;
    private final CustomerCaller customers;
    private final RunOutcome outcome;
    private final Journeys journeys;
    private final Stages stages;
    private final WrongRules wrongRules;

    StageRun(
            DemoTenants tenants,
            SamplePlatform platform,
            SampleData sample,
            CustomerCaller customers,
            RunOutcome outcome,
            Journeys journeys,
            Stages stages,
            WrongRules wrongRules) {
        this.tenants = tenants;
        this.platform = platform;
        this.sample = sample;
        this.customers = customers;
        this.outcome = outcome;
        this.journeys = journeys;
        this.stages = stages;
        this.wrongRules = wrongRules;
    }

    /** @param expected who must be notified; null to leave that open */
    record Telling(
            Story story,
            Approach approach,
            @Nullable StoryFault fault,
            Remedy remedy,
            int latencyMillis,
            @Nullable List<Expected> expected) {}

    Uni<RunReport> run(Telling telling) {
        return wrongRules
                .setting(telling.story(), door(telling), telling.fault(), telling.remedy())
                .chain(setting -> tenants.open(Set.of(Roles.SENDER, Roles.PUBLISHER, Roles.READER))
                        .chain(team -> inTenant(telling, setting, team)));
    }

    private static Door door(Telling telling) {
        return telling.approach() == Approach.EVENT_SOURCED ? Door.EVENT_SOURCED : Door.API_DRIVEN;
    }

    private Uni<RunReport> inTenant(Telling telling, StageSetting setting, Team team) {
        var tenant = team.tenant();
        journeys.begin(tenant);
        return stages.open(setting, tenant, team.apiKey(), records(telling.story()), telling.latencyMillis())
                .chain(stage -> play(telling, setting, stage, team)
                        .ifNoItem()
                        .after(DEADLINE)
                        .fail()
                        .onFailure(DemoRun::tookTooLong)
                        .transform(late -> new ProblemException(
                                ProblemType.UNAVAILABLE,
                                "The run had not finished after " + DEADLINE.toSeconds()
                                        + " s; the service may be busy, try again"))
                        .eventually(() -> stages.close(stage, tenant)))
                .eventually(() -> {
                    journeys.end(tenant);
                    return tenants.close(tenant);
                });
    }

    private Map<String, List<Map<String, @Nullable Object>>> records(Story story) {
        Map<String, List<Map<String, @Nullable Object>>> kept = new HashMap<>();
        if (story.given() == null) {
            sample.records().forEach((name, rows) -> kept.put(name, List.copyOf(rows)));
        } else {
            kept.putAll(story.given().records());
        }
        return kept;
    }

    private Uni<RunReport> play(Telling telling, StageSetting setting, StoryStage stage, Team team) {
        var tenant = team.tenant();
        return fill(telling, setting, stage, team)
                .chain(() -> rest(stage, tenant))
                .chain(() -> outcome.before(tenant))
                .chain(before -> {
                    var journey = journeys.begin(tenant);
                    return stage.tell(() -> rest(stage, tenant))
                            .chain(() -> rest(stage, tenant))
                            .map(done -> journey.micros())
                            .chain(micros -> outcome.since(tenant, before)
                                    .map(since -> report(telling, stage, since, journey, micros)));
                });
    }

    private Uni<Void> fill(Telling telling, StageSetting setting, StoryStage stage, Team team) {
        if (telling.story().given() != null) {
            return stages.give(stage, setting)
                    .onFailure(NotTakenException.class)
                    .transform(refused ->
                            new ProblemException(Problem.invalid("/given", "is not taken: " + refused.getMessage())));
        }
        return telling.approach() == Approach.EVENT_SOURCED
                ? platform.publish(team.tenant())
                : platform.register(team, customers);
    }

    private Uni<Void> rest(StoryStage stage, String tenant) {
        return journeys.rest(tenant, () -> {
            stage.look();
            return outcome.atRest(tenant);
        });
    }

    private static RunReport report(
            Telling telling, StoryStage stage, RunOutcome.Since since, Journey journey, long micros) {
        var steps = steps(journey.steps(), stage.publishers());
        return new RunReport(
                telling.story().name(),
                telling.approach(),
                since.messages(),
                since.suppressed(),
                steps,
                Cost.of(steps, micros),
                new OverTheWire(
                        telling.latencyMillis(),
                        stage.traffic().roundTrips(),
                        stage.traffic().sent(),
                        stage.traffic().received()),
                telling.expected() == null
                        ? null
                        : FaultOutcome.of(
                                telling.expected(), since.messages(), stage.recovered(), happened(stage, since)));
    }

    /** What the rules' own business keys held back is nothing that anybody did on the way. */
    private static List<String> happened(StoryStage stage, RunOutcome.Since since) {
        var happened = new ArrayList<>(stage.happenings());
        since.suppressed().stream()
                .filter(one -> one.reason().equals("DUPLICATE_BUSINESS_KEY"))
                .map(one -> "a second message to " + one.customerId() + " was stopped by its business key")
                .distinct()
                .forEach(happened::add);
        return happened;
    }

    /** What came in at the events' API was published by the team that called it. */
    private static List<Step> steps(List<Step> recorded, Map<String, String> publishers) {
        return recorded.stream()
                .map(step -> step.component().equals(EVENT_API) && step.action().startsWith(PUBLISHED)
                        ? new Step(
                                publishers.getOrDefault(step.action().substring(PUBLISHED.length()), EVENT_API),
                                step.target(),
                                step.kind(),
                                step.action(),
                                step.detail(),
                                step.micros())
                        : step)
                .toList();
    }

    /** The messages of a run, as what is expected of others. */
    static List<Expected> asExpected(List<ToldMessage> told) {
        return told.stream()
                .map(one -> new Expected(one.customerId(), one.type(), List.of(one.channel()), null))
                .toList();
    }
}
