package dev.carillon.delivery.push;

import dev.carillon.delivery.httpclient.ProviderHttpSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The app and its signing key at Apple. */
@ConfigMapping(prefix = "carillon.provider.apns")
public interface ApnsSettings extends ProviderHttpSettings {

    /** The base URL of its API; {@code https://api.sandbox.push.apple.com} for apps in development. */
    @WithDefault("https://api.push.apple.com")
    URI url();

    /** The signing key, as in the {@code .p8} file. */
    @WithDefault("")
    Optional<String> key();

    /** The {@code .p8} file with the signing key. */
    @WithDefault("")
    Optional<Path> keyFile();

    /** The signing key's id, ten characters. */
    @WithDefault("")
    Optional<String> keyId();

    /** The team's id, ten characters. */
    @WithDefault("")
    Optional<String> teamId();

    /** The app's bundle id. */
    @WithDefault("")
    Optional<String> topic();

    /** One connection carries many calls at once. */
    @Override
    @WithDefault("2")
    int connections();
}
