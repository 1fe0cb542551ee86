package dev.carillon.eventsourced.shelf;

import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON Schema of rule files, {@code docs/rules.schema.json}. */
@ApplicationScoped
class RuleSchema {

    private static final String FILE = "rules/rules.schema.json";

    private final String json;

    RuleSchema() {
        try (var stream = Objects.requireNonNull(Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE), FILE)) {
            this.json = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    String json() {
        return json;
    }
}
