package dev.carillon.notification.publishing;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.notification.template.Templates;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Loads layouts that any replica has published. A version's content is a JSON object: file name to text. */
@Singleton
class PublishedLayouts extends PublishedDocuments<TypeText> {

    static final String TOPIC = "layouts";

    private static final TypeReference<Map<String, String>> FILES = new TypeReference<>() {};

    private final Templates templates;
    private final Json json;

    private volatile List<String> problems = List.of();

    PublishedLayouts(Templates templates, VersionedDocuments documents, Json json) {
        super(documents, TOPIC, InvalidTemplateException.class);
        this.templates = templates;
        this.json = json;
    }

    /** Runs before the published types, which are compiled with them. */
    void start(@Observes @Priority(135) StartupEvent started) {
        loadAtStart();
    }

    /** Published layouts that cannot be used, as messages. */
    List<String> problems() {
        return problems;
    }

    /** The version of a layout that is published, if one is. */
    @Nullable
    DocumentVersion version(String layout) {
        return find(layout).map(CompiledDocument::version).orElse(null);
    }

    TypeText text(DocumentVersion version) {
        return new TypeText(version.id(), json.read(version.content(), FILES));
    }

    String content(TypeText text) {
        return json.write(text.files());
    }

    @Override
    protected TypeText compile(DocumentVersion version) {
        var text = text(version);
        templates.checkLayout(text);
        return text;
    }

    /** A type that does not go with them keeps all as it is: half of the texts in one layout and half in another is worse. */
    @Override
    protected void use(
            Map<String, CompiledDocument<TypeText>> published, List<DocumentState> states, List<String> found) {
        try {
            templates.useLayouts(
                    published.values().stream().map(CompiledDocument::compiled).toList());
            problems = List.copyOf(found);
        } catch (InvalidTemplateException unfit) {
            problems = Stream.concat(found.stream(), Stream.of(String.valueOf(unfit.getMessage())))
                    .toList();
        }
        problems.forEach(problem ->
                Log.errorf("published layouts cannot be used here; the previous ones stay in force: %s", problem));
    }
}
