package dev.carillon.comparison;

import dev.carillon.apidriven.caller.CustomerCaller;
import dev.carillon.apidriven.caller.Team;
import dev.carillon.comparison.sample.SamplePlatform;
import dev.carillon.comparison.scenario.Scenario;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import dev.carillon.platform.steps.Journey;
import dev.carillon.platform.steps.Journeys;
import dev.carillon.platform.value.Causes;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Runs one scenario through one door in its own tenant, waits until all work is done, and deletes the tenant. */
@ApplicationScoped
class DemoRun {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final DemoTenants tenants;
    private final SamplePlatform platform;
    private final CustomerCaller customers;
    private final RunOutcome outcome;
    private final Journeys journeys;

    DemoRun(
            DemoTenants tenants,
            SamplePlatform platform,
            CustomerCaller customers,
            RunOutcome outcome,
            Journeys journeys) {
        this.tenants = tenants;
        this.platform = platform;
        this.customers = customers;
        this.outcome = outcome;
        this.journeys = journeys;
    }

    Uni<RunReport> run(Scenario scenario, Approach approach) {
        return tenants.open()
                .chain(team -> play(scenario, approach, team)
                        .ifNoItem()
                        .after(DEADLINE)
                        .fail()
                        .onFailure(DemoRun::tookTooLong)
                        .transform(late -> new ProblemException(
                                ProblemType.UNAVAILABLE,
                                "The run had not finished after " + DEADLINE.toSeconds()
                                        + " s; the service may be busy, try again"))
                        .eventually(() -> {
                            journeys.end(team.tenant());
                            return tenants.close(team.tenant());
                        }));
    }

    /** Whether this run came to its limit, or one of the calls that the teams make in it came to its own. */
    static boolean tookTooLong(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(link ->
                        link instanceof TimeoutException || link instanceof java.util.concurrent.TimeoutException);
    }

    private Uni<RunReport> play(Scenario scenario, Approach approach, Team team) {
        var tenant = team.tenant();
        journeys.begin(tenant);
        return prepare(approach, team)
                .chain(() -> rest(tenant))
                .chain(() -> outcome.before(tenant))
                .chain(before -> {
                    var journey = journeys.begin(tenant);
                    return story(scenario, approach, team)
                            .chain(() -> rest(tenant))
                            .map(done -> journey.micros())
                            .chain(micros -> outcome.since(tenant, before)
                                    .map(since -> report(scenario, approach, since, journey, micros)));
                });
    }

    private Uni<Void> prepare(Approach approach, Team team) {
        return approach == Approach.EVENT_SOURCED
                ? platform.publish(team.tenant())
                : platform.register(team, customers);
    }

    private static Uni<Void> story(Scenario scenario, Approach approach, Team team) {
        return approach == Approach.EVENT_SOURCED ? scenario.eventSourced(team.tenant()) : scenario.apiDriven(team);
    }

    private Uni<Void> rest(String tenant) {
        return journeys.rest(tenant, () -> outcome.atRest(tenant));
    }

    private static RunReport report(
            Scenario scenario, Approach approach, RunOutcome.Since since, Journey journey, long micros) {
        return new RunReport(
                scenario.name(),
                approach,
                since.messages(),
                since.suppressed(),
                journey.steps(),
                RunReport.Cost.of(journey.steps(), micros),
                null,
                null);
    }
}
