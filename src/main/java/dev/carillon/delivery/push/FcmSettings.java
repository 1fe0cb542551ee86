package dev.carillon.delivery.push;

import dev.carillon.delivery.httpclient.ProviderHttpSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The project at Firebase. */
@ConfigMapping(prefix = "carillon.provider.fcm")
public interface FcmSettings extends ProviderHttpSettings {

    /** The base URL of its API. */
    @WithDefault("https://fcm.googleapis.com")
    URI url();

    /** The service account's JSON key. */
    @WithDefault("")
    Optional<String> serviceAccount();

    /** The file with the service account's JSON key. */
    @WithDefault("")
    Optional<Path> serviceAccountFile();
}
