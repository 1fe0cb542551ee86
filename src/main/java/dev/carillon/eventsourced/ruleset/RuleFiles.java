package dev.carillon.eventsourced.ruleset;

import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.platform.files.BundledFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rule files: the ones that come with Carillon, or those of the directory in {@code carillon.rules.path}. */
@ApplicationScoped
class RuleFiles {

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
            return files.filter(RuleFiles::isRuleFile)
                    .sorted()
                    .map(file -> new RuleSource(file.getFileName().toString(), text(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("carillon.rules.path=" + directory + " cannot be read", e);
        }
    }

    /** Ignores files that editors create while writing. */
    private static boolean isRuleFile(Path file) {
        return isNameOfRules(file.getFileName().toString()) && !Files.isDirectory(file);
    }

    private static boolean isNameOfRules(String name) {
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new UncheckedIOException("rule file " + file + " is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("rule file " + file + " cannot be read", e);
        }
    }

    private static List<RuleSource> bundled() {
        return BundledFiles.in("rules").stream()
                .filter(RuleFiles::isNameOfRules)
                .map(name -> new RuleSource(name, BundledFiles.required("rules/" + name)))
                .toList();
    }
}
