package dev.carillon.comparison;

import dev.carillon.comparison.sample.SampleData;
import dev.carillon.comparison.story.InvalidStoryException;
import dev.carillon.comparison.story.InvalidStoryException.StoryProblem;
import dev.carillon.comparison.story.Story;
import dev.carillon.comparison.story.StoryReader;
import dev.carillon.platform.files.BundledFiles;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stories that are told as data: those that are shipped, and those of a directory of one's own. They are read when
 * first asked for, and again when a file of one's own has changed. Reading compiles, so it is not for an event loop.
 */
@ApplicationScoped
class StoryFiles {

    private static final String FOLDER = "data/scenarios";

    private final DemoSettings settings;
    private final StoryReader reader;
    private final SampleData sample;
    private @Nullable Map<String, Story> shipped;

    StoryFiles(DemoSettings settings, StoryReader reader, SampleData sample) {
        this.settings = settings;
        this.reader = reader;
        this.sample = sample;
    }

    /** A directory that is not there stops the start. */
    void start(@Observes StartupEvent started) {
        if (settings.enabled()) {
            settings.scenariosPath().ifPresent(StoryFiles::filesIn);
        }
    }

    /** By name; one's own come before those shipped. A broken file is left out, and told to the log. */
    synchronized Map<String, Story> all() {
        if (shipped == null) {
            shipped = new LinkedHashMap<>();
            BundledFiles.in(FOLDER).stream().filter(StoryFiles::isYaml).forEach(file -> {
                var story = reader.read(
                        file,
                        BundledFiles.required(FOLDER + "/" + file),
                        sample.records().keySet());
                shipped.put(story.name(), story);
            });
        }
        var all = new LinkedHashMap<>(shipped);
        settings.scenariosPath().map(StoryFiles::filesIn).orElse(List.of()).forEach(file -> {
            try {
                var story = reader.read(
                        file.getFileName().toString(),
                        Files.readString(file),
                        sample.records().keySet());
                all.put(story.name(), story);
            } catch (InvalidStoryException broken) {
                Log.errorf("a scenario file cannot be used and is left out: %s", broken.getMessage());
            } catch (IOException gone) {
                Log.errorf("a scenario file cannot be read and is left out: %s", gone.getMessage());
            }
        });
        return all;
    }

    /**
     * A story that somebody sends.
     *
     * @throws ProblemException naming everything that is wrong with it, with line and column
     */
    Story read(String text) {
        try {
            return reader.read("scenario.yaml", text, sample.records().keySet());
        } catch (InvalidStoryException broken) {
            throw new ProblemException(Problem.invalid(
                    broken.problems().stream().map(StoryFiles::error).toList()));
        }
    }

    private static FieldError error(StoryProblem problem) {
        return new FieldError(problem.message(), problem.pointer(), problem.line(), problem.column());
    }

    private static List<Path> filesIn(Path directory) {
        try (var files = Files.list(directory)) {
            return new ArrayList<>(
                    files.filter(file -> isYaml(file.toString())).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("carillon.demo.scenarios-path=" + directory + " cannot be read", e);
        }
    }

    private static boolean isYaml(String file) {
        return file.endsWith(".yaml") || file.endsWith(".yml");
    }
}
