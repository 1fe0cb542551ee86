package dev.carillon.notification.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Notification types that stand in a directory. */
record InDirectory(Path directory) implements TemplateSettings {

    @Override
    public Optional<Path> path() {
        return Optional.of(directory);
    }

    @Override
    public Duration lookEvery() {
        return Duration.ofSeconds(1);
    }
}
