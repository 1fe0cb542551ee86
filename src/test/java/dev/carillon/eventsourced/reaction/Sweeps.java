package dev.carillon.eventsourced.reaction;

import jakarta.enterprise.context.ApplicationScoped;

/** Lets tests of other packages look for what is due at once, and not when the next sweep comes. */
@ApplicationScoped
public class Sweeps {

    private final Reactions reactions;

    Sweeps(Reactions reactions) {
        this.reactions = reactions;
    }

    public void now() {
        reactions.sweep();
    }
}
