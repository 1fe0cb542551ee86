package dev.carillon.eventsourced.reaction;

import dev.carillon.platform.settings.Bounded;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are processed. */
@Unremovable // only the schedule reads it; what is wrong with it is said at the start
@ConfigMapping(prefix = "carillon.reaction")
public interface ReactionSettings {

    /** How often pending events are looked for without a bell. */
    @WithConverter(Bounded.Period.class)
    @WithDefault("1s")
    Duration sweep();
}
