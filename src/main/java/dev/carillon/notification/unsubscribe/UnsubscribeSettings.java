package dev.carillon.notification.unsubscribe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

import java.net.URI;
import java.util.Optional;

/** What links in mails are made of. */
@ConfigMapping(prefix = "carillon")
interface UnsubscribeSettings {

    /** Where customers reach this service: an https URL. Without one no mail has an unsubscribe link. */
    Optional<URI> publicUrl();

    /** What links are signed with, at least 32 characters; made and kept in the database when it is not set. */
    @WithName("unsubscribe.secret")
    Optional<String> secret();
}
