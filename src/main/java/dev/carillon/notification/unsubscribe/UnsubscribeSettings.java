package dev.carillon.notification.unsubscribe;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** The unsubscribe links in mails. */
@ConfigMapping(prefix = "carillon.unsubscribe")
interface UnsubscribeSettings {

    /** The https URL at which customers reach this service. Without one no mail has an unsubscribe link. */
    Optional<URI> baseUrl();

    /** The secret that signs links, at least 32 characters; made and stored in the database unless set. */
    Optional<String> secret();
}
