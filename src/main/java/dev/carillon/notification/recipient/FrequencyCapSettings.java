package dev.carillon.notification.recipient;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The default frequency cap for customers without one of their own. There is no limit unless it is set. */
@ConfigMapping(prefix = "carillon.preferences.frequency-cap")
public interface FrequencyCapSettings {

    /** How many messages, 1 to 1000; needs {@code per}. */
    Optional<Integer> max();

    /** The period: {@code calendar-day}, or a duration such as {@code P1D}. */
    Optional<String> per();

    /** For a duration: {@code sliding} (the default) or {@code fixed}. */
    Optional<String> window();
}
