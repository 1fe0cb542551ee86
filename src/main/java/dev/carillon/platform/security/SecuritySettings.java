package dev.carillon.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/** Who may call. */
@ConfigMapping(prefix = "carillon.security")
public interface SecuritySettings {

    /** The first admin key of the default tenant (CARILLON_ADMIN_KEY); without it one is made and printed at the first start. */
    Optional<String> adminKey();

    /** Lets everyone in as administrator of the default tenant: for development and tests, refused in production. */
    @WithDefault("false")
    boolean open();
}
