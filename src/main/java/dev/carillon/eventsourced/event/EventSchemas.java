package dev.carillon.eventsourced.event;

import dev.carillon.platform.files.BundledFiles;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The event types that are described: those that come with Carillon and those of {@code carillon.event-types.path}. */
@Startup(100) // before the rules: they are checked against the schemas
@ApplicationScoped
public class EventSchemas {

    private static final String FOLDER = "event-types/";
    private static final String ENDING = ".json";

    private final Map<String, EventSchema> byType = new TreeMap<>();

    @Inject
    EventSchemas(EventTypeSettings settings) {
        this(settings.path());
    }

    /** A new type needs a file and no Java; a file called like a bundled one takes its place. */
    public EventSchemas(Optional<Path> directory) {
        BundledFiles.in("event-types").stream()
                .filter(file -> file.endsWith(ENDING))
                .forEach(file -> put(file, BundledFiles.required(FOLDER + file)));
        directory.ifPresent(this::putAll);
    }

    public Optional<EventSchema> named(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** Whether events of a type are about one customer; those of types that nobody has described may be. */
    public boolean isAboutCustomer(String type) {
        return named(type).map(EventSchema::hasSubject).orElse(true);
    }

    /** In the order of their names. */
    public Collection<EventSchema> all() {
        return Collections.unmodifiableCollection(byType.values());
    }

    private void put(String file, String text) {
        var type = file.substring(0, file.length() - ENDING.length());
        byType.put(type, SchemaCompiler.compile(file, type, text));
    }

    private void putAll(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .forEach(file -> put(file.getFileName().toString(), text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("carillon.event-types.path=" + directory + " cannot be read", e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("event type " + file + " cannot be read", e);
        }
    }
}
