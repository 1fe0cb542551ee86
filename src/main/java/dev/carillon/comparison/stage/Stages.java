package dev.carillon.comparison.stage;

import dev.carillon.comparison.stage.StoryStage.StageSetting;
import dev.carillon.eventsourced.reaction.ApartReactions;
import dev.carillon.notification.decision.Door;
import dev.carillon.notification.template.Templates;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.steps.Journeys;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Puts up stages. */
@ApplicationScoped
public class Stages {

    private final Vertx vertx;
    private final Json json;
    private final Clock clock;
    private final Config config;
    private final Journeys journeys;
    private final TeamFacts facts;
    private final ApartReactions reactions;
    private final Templates templates;

    Stages(
            Vertx vertx,
            Json json,
            Clock clock,
            Config config,
            Journeys journeys,
            TeamFacts facts,
            ApartReactions reactions,
            Templates templates) {
        this.vertx = vertx;
        this.json = json;
        this.clock = clock;
        this.config = config;
        this.journeys = journeys;
        this.facts = facts;
        this.reactions = reactions;
        this.templates = templates;
    }

    /**
     * A stage for a tenant that has nothing yet.
     *
     * @param key           with which its teams call
     * @param records       what the teams keep
     * @param latencyMillis that each request waits
     */
    public Uni<StoryStage> open(
            StageSetting setting,
            String tenant,
            String key,
            Map<String, List<Map<String, @Nullable Object>>> records,
            int latencyMillis) {
        var port = port();
        var traffic = new Traffic();
        var weather = new Weather();
        var book = setting.before() == null ? setting.after() : setting.before();
        return OtherSystems.open(vertx, json)
                .chain(systems -> Uni.combine()
                        .all()
                        .unis(
                                Wire.to(vertx, port, latencyMillis, traffic, weather),
                                Wire.to(vertx, systems.port(), latencyMillis, traffic, new Weather()),
                                reactions.begin(tenant, book))
                        .asTuple()
                        .map(made -> new StageParts(
                                tenant,
                                json,
                                clock,
                                journeys,
                                facts,
                                made.getItem3(),
                                new SetUp(new TeamClient(vertx, json, key), json, port),
                                weather,
                                traffic,
                                made.getItem1(),
                                made.getItem2(),
                                systems,
                                () -> new TeamClient(vertx, json, key))))
                .map(parts -> new StoryStage(setting, parts, records))
                .invoke(() -> templates.keep(tenant, setting.story().types()));
    }

    /** What a story brings: customers through either door, events through the first. */
    public Uni<Void> give(StoryStage stage, StageSetting setting) {
        var given = setting.story().given();
        return given == null
                ? Uni.createFrom().voidItem()
                : stage.parts().setup().give(given, setting.door() == Door.EVENT_SOURCED, clock.instant());
    }

    public Uni<Void> close(StoryStage stage, String tenant) {
        return stage.close().onTermination().invoke(() -> templates.forget(tenant));
    }

    /** Known only when it listens. */
    private int port() {
        return config.getValue(
                LaunchMode.current() == LaunchMode.TEST ? "quarkus.http.test-port" : "quarkus.http.port",
                Integer.class);
    }
}
