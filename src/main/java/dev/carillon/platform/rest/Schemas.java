package dev.carillon.platform.rest;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The schemas of an OpenAPI document, and which are used in requests and which in answers. */
final class Schemas {

    private static final String REFERENCE = "#/components/schemas/";

    private final OpenAPI document;

    Schemas(OpenAPI document) {
        this.document = document;
    }

    /** By the name they are referred to. */
    Map<String, Schema> named() {
        return document.getComponents() == null || document.getComponents().getSchemas() == null
                ? Map.of()
                : document.getComponents().getSchemas();
    }

    /** Each one, at whatever depth. */
    Stream<Schema> all() {
        return Stream.of(named().values().stream(), sent(), answered())
                .flatMap(schemas -> schemas)
                .flatMap(Schemas::within);
    }

    /** The names of what answers are made of. */
    Set<String> namesAnswered() {
        return namesFrom(answered());
    }

    /** The names of what requests are made of. */
    Set<String> namesSent() {
        return namesFrom(sent());
    }

    static Schema referenceTo(String name) {
        return OASFactory.createSchema().ref(REFERENCE + name);
    }

    /** Whom a reference names; null for a schema that is none. */
    static @Nullable String nameOf(Schema schema) {
        return schema.getRef() == null
                ? null
                : schema.getRef().substring(schema.getRef().lastIndexOf('/') + 1);
    }

    private Stream<Schema> sent() {
        return operations()
                .flatMap(operation -> Stream.concat(
                        many(operation.getParameters())
                                .map(Parameter::getSchema)
                                .filter(Objects::nonNull),
                        operation.getRequestBody() == null
                                ? Stream.of()
                                : of(operation.getRequestBody().getContent())));
    }

    private Stream<Schema> answered() {
        return Stream.concat(
                        operations().flatMap(operation -> operation.getResponses().getAPIResponses().values().stream()),
                        many(document.getComponents().getResponses()))
                .flatMap(response -> of(response.getContent()));
    }

    private Stream<Operation> operations() {
        return document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream());
    }

    private Set<String> namesFrom(Stream<Schema> roots) {
        var names = new HashSet<String>();
        roots.forEach(root -> gather(root, names));
        return names;
    }

    private void gather(Schema root, Set<String> names) {
        within(root)
                .map(Schema::getRef)
                .filter(Objects::nonNull)
                .map(reference -> reference.substring(REFERENCE.length()))
                .forEach(name -> {
                    var schema = named().get(name);
                    if (names.add(name) && schema != null) {
                        gather(schema, names);
                    }
                });
    }

    private static Stream<Schema> of(@Nullable Content content) {
        return content == null
                ? Stream.of()
                : content.getMediaTypes().values().stream()
                        .map(MediaType::getSchema)
                        .filter(Objects::nonNull);
    }

    private static Stream<Schema> within(Schema schema) {
        var parts = Stream.of(
                        many(schema.getProperties()),
                        many(schema.getAllOf()),
                        many(schema.getAnyOf()),
                        many(schema.getOneOf()),
                        Stream.ofNullable(schema.getItems()),
                        Stream.ofNullable(schema.getAdditionalPropertiesSchema()))
                .flatMap(some -> some);
        return Stream.concat(Stream.of(schema), parts.flatMap(Schemas::within));
    }

    private static <T> Stream<T> many(@Nullable Map<String, T> named) {
        return named == null ? Stream.of() : many(List.copyOf(named.values()));
    }

    private static <T> Stream<T> many(@Nullable Collection<T> some) {
        return some == null ? Stream.of() : List.copyOf(some).stream();
    }
}
