package dev.carillon.eventsourced.shelf;

import dev.carillon.eventsourced.rule.RuleSource;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The rule files: the ones that come with Carillon, or those of the directory in {@code carillon.rules.path}. */
@ApplicationScoped
class RuleFiles {

    private static final String INDEX = "rules/index.txt";

    private final Optional<Path> directory;

    RuleFiles(RuleSettings settings) {
        this.directory = settings.path();
    }

    /** Whether they can change while the service runs. */
    boolean canChange() {
        return directory.isPresent();
    }

    /** Their texts, all of them anew; for a worker thread. */
    List<RuleSource> read() {
        return directory.map(RuleFiles::of).orElseGet(RuleFiles::bundled);
    }

    private static List<RuleSource> of(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(RuleFiles::isRuleFile).sorted().map(file -> new RuleSource(file.getFileName().toString(), text(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("carillon.rules.path=" + directory + " cannot be read", e);
        }
    }

    /** Not what editors put beside a file while they write it. */
    private static boolean isRuleFile(Path file) {
        var name = file.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".") && !Files.isDirectory(file);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("rule file " + file + " cannot be read", e);
        }
    }

    private static List<RuleSource> bundled() {
        return resource(INDEX).lines().filter(line -> !line.isBlank())
                .map(name -> new RuleSource(name, resource("rules/" + name))).toList();
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(Thread.currentThread().getContextClassLoader().getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("bundled " + name + " cannot be read", e);
        }
    }
}
