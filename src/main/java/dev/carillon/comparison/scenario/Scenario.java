package dev.carillon.comparison.scenario;

import dev.carillon.apidriven.caller.Team;
import io.smallrye.mutiny.Uni;

/** A scenario that runs through either door. To add one, write a bean that implements this. */
public interface Scenario {

    /** Its name in the path, such as {@code order-shipped}. */
    String name();

    /** What happens, in one sentence. */
    String summary();

    /** The teams publish what happened. */
    Uni<Void> eventSourced(String tenant);

    /** The teams decide for themselves and call the notification API. */
    Uni<Void> apiDriven(Team team);
}
