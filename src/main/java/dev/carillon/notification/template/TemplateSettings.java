package dev.carillon.notification.template;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Where notification types come from besides the ones that come with Carillon. */
@ConfigMapping(prefix = "carillon.notifications")
public interface TemplateSettings {

    /** A directory of type folders; they add to the bundled ones or replace them, whole. Looked at for changes. */
    Optional<Path> path();
}
