package dev.carillon.notification.unsubscribe;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** The unsubscribe links in mails. */
@ConfigMapping(prefix = "carillon.unsubscribe")
interface UnsubscribeSettings {

    /** Where customers reach this service: an https URL. Without one no mail has an unsubscribe link. */
    Optional<URI> baseUrl();

    /** What links are signed with, at least 32 characters; made and kept in the database when it is not set. */
    Optional<String> secret();
}
