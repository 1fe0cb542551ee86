package dev.carillon.delivery.push;

import dev.carillon.delivery.http.ProviderHttpSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The project at Firebase. */
@ConfigMapping(prefix = "carillon.provider.fcm")
public interface FcmSettings extends ProviderHttpSettings {

    /** Where its API is. */
    @WithDefault("https://fcm.googleapis.com")
    URI url();

    /** The service account's JSON key itself. */
    @WithDefault("")
    Optional<String> serviceAccount();

    /** The file the service account's JSON key is in. */
    @WithDefault("")
    Optional<Path> serviceAccountFile();
}
