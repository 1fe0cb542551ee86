package dev.carillon.eventsourced.activity;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How activity is streamed. */
@ConfigMapping(prefix = "carillon.activity.stream")
public interface ActivitySettings {

    /** How long a stream may be silent before a heartbeat is sent, so that proxies keep the connection. */
    @WithDefault("PT15S")
    @WithConverter(Bounded.Period.class)
    Duration heartbeat();

    /** How long a stream lasts; the client reconnects by itself and its key is checked again. */
    @WithDefault("PT30M")
    @WithConverter(Bounded.Period.class)
    Duration longest();

    /** How many streams one tenant may have open on this replica. */
    @WithDefault("50")
    int perTenant();

    /** How many streams may be open on this replica in all; at most a quarter of all connections. */
    @WithDefault("200")
    int all();
}
