package dev.carillon.notification.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How inboxes are streamed. */
@ConfigMapping(prefix = "carillon.inbox.stream")
public interface InboxSettings {

    /** After so much silence something is sent all the same, so that whoever is in between keeps the connection. */
    @WithDefault("PT15S")
    Duration heartbeat();

    /** How long a stream lasts; whoever listens comes back on their own and is asked for their key again. */
    @WithDefault("PT30M")
    Duration longest();

    /** How many streams one customer may have open here. */
    @WithDefault("10")
    int perCustomer();

    /** How many streams the customers of one tenant may have open here, so that it does not take the places of all; a quarter of all connections at most. */
    @WithDefault("2000")
    int perTenant();

    /** How many streams may be open here in all; half of all connections at most. */
    @WithDefault("5000")
    int all();
}
