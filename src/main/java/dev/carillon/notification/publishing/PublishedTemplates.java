package dev.carillon.notification.publishing;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeFolder;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.versions.DocumentState;
import dev.carillon.platform.versions.DocumentVersion;
import dev.carillon.platform.versions.PublishedDocuments;
import dev.carillon.platform.versions.VersionedDocuments;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads texts that any replica has published. A version's content is a JSON object: file name to text. */
@Singleton
class PublishedTemplates extends PublishedDocuments<TypeFolder> {

    static final String TOPIC = "templates";

    private static final TypeReference<Map<String, String>> FILES = new TypeReference<>() {};

    private final Templates templates;
    private final Json json;

    private volatile List<String> problems = List.of();

    PublishedTemplates(Templates templates, VersionedDocuments documents, Json json) {
        super(documents, TOPIC, InvalidTemplateException.class);
        this.templates = templates;
        this.json = json;
    }

    /** Runs before the rules: a rule in a file may use a type that exists only as published. */
    void start(@Observes @Priority(140) StartupEvent started) {
        loadAtStart();
    }

    /** Published texts that cannot be used, as messages. */
    List<String> problems() {
        return problems;
    }

    /** The version of a type that is published, if one is. */
    @Nullable
    DocumentVersion version(String type) {
        return find(type).map(CompiledDocument::version).orElse(null);
    }

    TypeText text(DocumentVersion version) {
        return new TypeText(version.id(), json.read(version.content(), FILES));
    }

    String content(TypeText text) {
        return json.write(text.files());
    }

    @Override
    protected TypeFolder compile(DocumentVersion version) {
        return templates.compile(text(version), version.version());
    }

    @Override
    protected void use(
            Map<String, CompiledDocument<TypeFolder>> published, List<DocumentState> states, List<String> found) {
        found.forEach(problem ->
                Log.errorf("published texts cannot be used here; the previous ones stay in force: %s", problem));
        templates.publish(
                published.values().stream().map(CompiledDocument::compiled).toList());
        problems = List.copyOf(found);
    }
}
