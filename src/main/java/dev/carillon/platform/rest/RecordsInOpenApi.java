package dev.carillon.platform.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Marks fields in the OpenAPI schemas as nullable and, in answers, as required, from their records: a field that is not
 * {@code @Nullable} is always there; one that is may be null or absent, as {@code @JsonInclude} says. In requests, null
 * means the same as leaving the field out: generators that do not know this send an empty list instead.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class RecordsInOpenApi implements OASFilter {

    private static final DotName NULLABLE = DotName.createSimple("org.jspecify.annotations.Nullable");
    private static final DotName SCHEMA =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");
    private static final DotName PROPERTY = DotName.createSimple("com.fasterxml.jackson.annotation.JsonProperty");
    private static final DotName IGNORED = DotName.createSimple("com.fasterxml.jackson.annotation.JsonIgnore");
    private static final DotName INCLUDED = DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");
    private static final Set<String> MAY_BE_EMPTY = Set.of("java.util.List", "java.util.Set", "java.util.Map");

    private final IndexView index;

    /** @param index what the build knows of classes */
    public RecordsInOpenApi(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var schemas = new Schemas(document);
        var records = index.getKnownClasses().stream()
                .filter(ClassInfo::isRecord)
                .collect(Collectors.groupingBy(RecordsInOpenApi::name));
        var sent = schemas.namesSent();
        var answered = schemas.namesAnswered();
        for (var name : Stream.concat(sent.stream(), answered.stream()).collect(Collectors.toSet())) {
            var schema = schemas.named().get(name);
            records.getOrDefault(name, List.of()).stream()
                    .map(RecordsInOpenApi::components)
                    .filter(components -> schema.getProperties() != null
                            && components.keySet().equals(schema.getProperties().keySet()))
                    .findFirst()
                    .ifPresent(components -> complete(schema, components, !sent.contains(name)));
        }
    }

    private static void complete(Schema schema, Map<String, RecordComponentInfo> components, boolean onlyAnswered) {
        var required = new ArrayList<String>();
        schema.getProperties().forEach((name, property) -> {
            var component = components.get(name);
            var inclusion = inclusion(component);
            var nullable = component.type().hasAnnotation(NULLABLE);
            if (nullable && (!onlyAnswered || inclusion.equals("ALWAYS"))) {
                allowNull(property);
            }
            if (!mayBeLeftOut(component, inclusion, nullable)) {
                required.add(name);
            }
        });
        if (onlyAnswered) {
            schema.setRequired(required);
        }
    }

    private static boolean mayBeLeftOut(RecordComponentInfo component, String inclusion, boolean nullable) {
        return switch (inclusion) {
            case "ALWAYS" -> false;
            case "NON_NULL", "NON_ABSENT" -> nullable;
            case "NON_EMPTY" ->
                nullable || MAY_BE_EMPTY.contains(component.type().name().toString());
            default -> true;
        };
    }

    private static void allowNull(Schema schema) {
        if (schema.getRef() != null) {
            schema.setAnyOf(List.of(
                    OASFactory.createSchema().ref(schema.getRef()),
                    OASFactory.createSchema().addType(SchemaType.NULL)));
            schema.setRef(null);
            schema.setType(null);
        } else if (schema.getEnumeration() == null
                && schema.getType() != null
                && !schema.getType().contains(SchemaType.NULL)) {
            schema.addType(SchemaType.NULL);
        }
    }

    private static Map<String, RecordComponentInfo> components(ClassInfo type) {
        return type.recordComponents().stream()
                .filter(component -> !component.hasAnnotation(IGNORED) && !ignoredField(type, component))
                .collect(Collectors.toMap(
                        component -> word(annotation(type, component, PROPERTY), "value", component.name()),
                        Function.identity()));
    }

    private static boolean ignoredField(ClassInfo type, RecordComponentInfo component) {
        return type.field(component.name()).hasAnnotation(IGNORED);
    }

    /** An annotation that is not allowed on a component is on its field. */
    private static @Nullable AnnotationInstance annotation(
            ClassInfo type, RecordComponentInfo component, DotName name) {
        var own = component.annotation(name);
        return own != null ? own : type.field(component.name()).annotation(name);
    }

    private static String name(ClassInfo type) {
        return word(type.declaredAnnotation(SCHEMA), "name", type.simpleName());
    }

    /** A component's own annotation counts before that of its record. */
    private static String inclusion(RecordComponentInfo component) {
        var type = component.declaringClass();
        return word(
                annotation(type, component, INCLUDED),
                "value",
                word(type.declaredAnnotation(INCLUDED), "value", "ALWAYS"));
    }

    private static String word(@Nullable AnnotationInstance annotation, String member, String otherwise) {
        return annotation == null || annotation.value(member) == null
                ? otherwise
                : annotation.value(member).asString();
    }
}
