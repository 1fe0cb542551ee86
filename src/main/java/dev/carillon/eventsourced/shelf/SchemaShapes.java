package dev.carillon.eventsourced.shelf;

import dev.carillon.eventsourced.rule.EventShapes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The event schemas as rules are checked against them. */
@ApplicationScoped
class SchemaShapes {

    @Produces
    @Singleton
    EventShapes shapes() {
        return EventShapes.NONE;
    }
}
