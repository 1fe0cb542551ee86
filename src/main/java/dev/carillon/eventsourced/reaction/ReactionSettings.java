package dev.carillon.eventsourced.reaction;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How events are processed. */
@Unremovable // only the schedule reads it; what is wrong with it is said at the start
@ConfigMapping(prefix = "carillon.reaction")
public interface ReactionSettings {

    /** How often pending events are looked for without a bell. */
    @DurationMin(millis = 1)
    @WithDefault("1s")
    Duration sweep();
}
