package dev.carillon.notification.template;

import dev.carillon.platform.jobs.Jobs;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reloads changed texts of {@code carillon.notifications.path} while the service runs, all of them or none. As with
 * rules, a change is taken when two polls in a row see the same files. Categories are read at the start only.
 */
@ApplicationScoped
public class TemplateReload {

    private final Templates templates;
    private final Optional<Path> directory;

    private Map<String, String> seen;
    private @Nullable Map<String, String> taken;
    private volatile List<String> problems = List.of();

    TemplateReload(Templates templates, TemplateSettings settings) {
        this.templates = templates;
        this.directory = settings.path();
        this.seen = templates.ownFiles();
        this.taken = seen;
    }

    /** Why the texts of the directory cannot be used; empty if they can. */
    public List<String> problems() {
        return problems;
    }

    void schedule(@Observes Jobs jobs) {
        if (directory.isPresent()) {
            jobs.job("template-files")
                    .every("${carillon.notifications.look-every:1s}")
                    .runBlocking(this::lookAtFiles);
        }
    }

    synchronized void lookAtFiles() {
        try {
            var source = DirectorySource.of(directory.orElseThrow());
            if (source.files().equals(seen) && !source.files().equals(taken)) {
                take(source);
            }
            seen = source.files();
        } catch (UncheckedIOException unreadable) {
            broken(String.valueOf(unreadable.getMessage()));
        }
    }

    private void take(DirectorySource source) {
        try {
            var changed = templates.reread(TemplateSource.withDirectory(source));
            taken = source.files();
            problems = List.of();
            Log.infof("templates loaded: %s", changed.isEmpty() ? "no change" : String.join(", ", changed));
        } catch (IllegalStateException unusable) {
            broken(String.valueOf(unusable.getMessage()));
        }
    }

    /** Said once, and tried again with each look: what is missing may come. */
    private void broken(String problem) {
        if (!problems.equals(List.of(problem))) {
            problems = List.of(problem);
            Log.warnf("changed templates are invalid; the previous ones stay in force:\n%s", problem);
        }
    }
}
