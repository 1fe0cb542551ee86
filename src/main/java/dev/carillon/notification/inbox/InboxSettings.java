package dev.carillon.notification.inbox;

import dev.carillon.platform.settings.Bounded;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How inboxes are streamed. */
@ConfigMapping(prefix = "carillon.inbox.stream")
public interface InboxSettings {

    /** How long a stream may be silent before a heartbeat is sent, so that proxies keep the connection. */
    @WithDefault("PT15S")
    @WithConverter(Bounded.Period.class)
    Duration heartbeat();

    /** How long a stream lasts; the client reconnects by itself and its key is checked again. */
    @WithDefault("PT30M")
    @WithConverter(Bounded.Period.class)
    Duration longest();

    /** How many streams one customer may have open on this replica. */
    @WithDefault("10")
    int perCustomer();

    /**
     * How many streams the customers of one tenant may have open on this replica, so that one tenant does not take all
     * places; at most a quarter of all connections.
     */
    @WithDefault("2000")
    int perTenant();

    /** How many streams may be open on this replica in all; at most half of all connections. */
    @WithDefault("5000")
    int all();
}
