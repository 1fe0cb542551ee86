package dev.carillon.comparison.stage;

import dev.carillon.eventsourced.reaction.ApartReaction;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.steps.Journeys;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.function.Supplier;

/** What one stage is made of. */
record StageParts(
        String tenant,
        Json json,
        Clock clock,
        Journeys journeys,
        TeamFacts facts,
        ApartReaction reaction,
        SetUp setup,
        Weather weather,
        Traffic traffic,
        Wire toService,
        Wire toSystems,
        OtherSystems systems,
        Supplier<TeamClient> clients) {

    TeamClient newClient() {
        return clients.get();
    }

    Uni<Void> close() {
        setup.close();
        return Uni.join()
                .all(toService.close(), toSystems.close(), systems.close(), reaction.end())
                .andCollectFailures()
                .replaceWithVoid();
    }
}
