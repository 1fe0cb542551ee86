package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.rule.Outlet;
import dev.carillon.eventsourced.rule.Rule;
import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.eventsourced.rule.RuleSource;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Templates;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The rules in force: the ones that come with Carillon, or those of the directory in {@code carillon.rules.path}. */
@Startup(150)                 // before the verticles: compiling rules is not for an event loop
@ApplicationScoped
class RuleShelf {

    private static final String INDEX = "rules/index.txt";

    private final RuleBook book;

    RuleShelf(RuleSettings settings, Templates templates) {
        this.book = RuleBook.parse(settings.path().map(RuleShelf::directory).orElseGet(RuleShelf::bundled));
        book.rules().forEach(rule -> check(rule, templates));
    }

    /** What a rule says of its notifications must be so; what it leaves out is as the type has it. */
    private static void check(Rule rule, Templates templates) {
        rule.outlets().forEach(outlet -> check(rule.id(), outlet, templates));
    }

    private static void check(String rule, Outlet outlet, Templates templates) {
        var type = templates.type(outlet.type()).orElseThrow(() -> new IllegalStateException(
                "rule " + rule + " notifies of " + outlet.type() + ", which is no notification type: known are "
                        + templates.types().stream().map(NotificationType::name).sorted().toList()));
        if (outlet.category() != null && !outlet.category().equals(type.category())) {
            throw new IllegalStateException("rule " + rule + " has category " + outlet.category() + ", but " + type.name() + " is of category " + type.category());
        }
        if (!type.channels().containsAll(outlet.channels())) {
            throw new IllegalStateException("rule " + rule + " has channels " + outlet.channels() + ", but " + type.name() + " has templates for " + type.channels());
        }
    }

    RuleBook book() {
        return book;
    }

    /** A rule as it was or is. */
    io.smallrye.mutiny.Uni<java.util.Optional<Rule>> version(String id, String version) {
        return io.smallrye.mutiny.Uni.createFrom().item(book.rule(id));
    }

    private static List<RuleSource> directory(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml")).sorted()
                    .map(file -> new RuleSource(file.getFileName().toString(), text(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("carillon.rules.path=" + directory + " cannot be read", e);
        }
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
