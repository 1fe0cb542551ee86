package dev.carillon.notification.template;

import dev.carillon.platform.files.FileReload;
import dev.carillon.platform.jobs.Jobs;
import io.quarkus.logging.Log;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reloads changed texts of {@code carillon.notifications.path}. Categories are read at the start only. */
@Singleton
public class TemplateReload extends FileReload<DirectorySource> {

    private final Templates templates;
    private final Optional<Path> directory;

    private volatile List<String> problems = List.of();

    TemplateReload(Templates templates, TemplateSettings settings) {
        super(templates.ownFiles());
        this.templates = templates;
        this.directory = settings.path();
    }

    void schedule(@Observes Jobs jobs) {
        if (directory.isPresent()) {
            jobs.job("template-files")
                    .every("${carillon.notifications.look-every:1s}")
                    .runBlocking(this::look);
        }
    }

    /** Why the texts of the directory cannot be used; empty if they can. */
    public List<String> problems() {
        return problems;
    }

    @Override
    protected DirectorySource read() {
        return DirectorySource.of(directory.orElseThrow());
    }

    @Override
    protected List<String> take(DirectorySource source) {
        try {
            var changed = templates.reread(TemplateSource.withDirectory(source));
            problems = List.of();
            Log.infof("templates loaded: %s", changed.isEmpty() ? "no change" : String.join(", ", changed));
            return List.of();
        } catch (IllegalStateException unusable) {
            return List.of(String.valueOf(unusable.getMessage()));
        }
    }

    /** Said once. */
    @Override
    protected void refused(List<String> found) {
        if (!problems.equals(found)) {
            problems = found;
            Log.warnf("changed templates are invalid; the previous ones stay in force:\n%s", String.join("\n", found));
        }
    }
}
