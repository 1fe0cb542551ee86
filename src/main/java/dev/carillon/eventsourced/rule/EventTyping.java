package dev.carillon.eventsourced.rule;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.carillon.eventsourced.rule.EventShapes.FieldShape;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The CEL types of {@code event} and its data for one rule's {@code on}. They are used for checking only: at run time
 * all of it is maps.
 *
 * <p>A field is known if any of the types has it. If two types disagree about a field, anything is allowed. {@code
 * event.data['x']} and {@code 'x' in event.data} are not checked, so a rule can use what a schema leaves out.
 */
final class EventTyping implements CelTypeProvider {

    /** Without a dot: CEL would take {@code event.data} for the name of the type. */
    private static final String DATA = "event/data";

    private final Map<String, CelType> types = new HashMap<>();
    private final Map<String, FieldShape> fields;

    private EventTyping(Map<String, FieldShape> fields) {
        this.fields = fields;
        struct(DATA, fields);
        Map<String, CelType> attributes = Map.of(
                "id",
                SimpleType.STRING,
                "type",
                SimpleType.STRING,
                "source",
                SimpleType.STRING,
                "subject",
                SimpleType.STRING,
                "time",
                SimpleType.TIMESTAMP,
                "data",
                StructTypeReference.create(DATA),
                "traits",
                MapType.create(SimpleType.STRING, SimpleType.DYN));
        types.put(
                "event",
                StructType.create(
                        "event",
                        ImmutableSet.copyOf(attributes.keySet()),
                        name -> Optional.ofNullable(attributes.get(name))));
    }

    /** Empty when a type of {@code on} is a prefix or has no shape. */
    static Optional<EventTyping> of(List<EventPattern> on, EventShapes shapes) {
        Map<String, FieldShape> union = new LinkedHashMap<>();
        for (EventPattern pattern : on) {
            Optional<Map<String, FieldShape>> shape = pattern.isPrefix() ? Optional.empty() : shapes.of(pattern.text());
            if (shape.isEmpty()) {
                return Optional.empty();
            }
            merge(union, shape.get());
        }
        return Optional.of(new EventTyping(union));
    }

    private static void merge(Map<String, FieldShape> union, Map<String, FieldShape> more) {
        more.forEach((name, shape) ->
                union.merge(name, shape, (one, other) -> one.equals(other) ? one : new FieldShape.Any()));
    }

    CelType event() {
        return StructTypeReference.create("event");
    }

    /** The fields at a path below {@code event.data}; empty if it is no object with known fields. */
    Optional<Map<String, FieldShape>> fieldsAt(List<String> path) {
        Map<String, FieldShape> reached = fields;
        for (String step : path) {
            FieldShape next = reached.get(step) instanceof FieldShape.OrNull or ? or.shape() : reached.get(step);
            if (!(next instanceof FieldShape.ObjectOf object) || object.fields().isEmpty()) {
                return Optional.empty();
            }
            reached = object.fields();
        }
        return Optional.of(new TreeMap<>(reached));
    }

    /** The operations on numbers and on objects of unknown form, besides CEL's own. */
    List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> all = new ArrayList<>(JsonNumber.declarations());
        List<CelOverloadDecl> index = new ArrayList<>();
        List<CelOverloadDecl> in = new ArrayList<>();
        types.keySet().stream().sorted().forEach(name -> {
            CelType struct = StructTypeReference.create(name);
            index.add(CelOverloadDecl.newGlobalOverload("index_" + name, SimpleType.DYN, struct, SimpleType.STRING));
            in.add(CelOverloadDecl.newGlobalOverload("in_" + name, SimpleType.BOOL, SimpleType.STRING, struct));
        });
        all.add(CelFunctionDecl.newFunctionDeclaration("_[_]", index));
        all.add(CelFunctionDecl.newFunctionDeclaration("@in", in));
        return all;
    }

    private void struct(String name, Map<String, FieldShape> shapes) {
        Map<String, CelType> fieldTypes = new HashMap<>();
        shapes.forEach((field, shape) -> fieldTypes.put(field, type(name + "/" + field, shape)));
        types.put(
                name,
                StructType.create(
                        name,
                        ImmutableSet.copyOf(fieldTypes.keySet()),
                        field -> Optional.ofNullable(fieldTypes.get(field))));
    }

    private CelType type(String path, FieldShape shape) {
        if (shape instanceof FieldShape.ObjectOf object && !object.fields().isEmpty()) {
            struct(path, object.fields());
            return StructTypeReference.create(path);
        }
        if (shape instanceof FieldShape.OrNull or) {
            return orNull(type(path, or.shape()));
        }
        if (shape instanceof FieldShape.ListOf list) {
            return ListType.create(type(path, list.items()));
        }
        if (shape instanceof FieldShape.TextField) {
            return SimpleType.STRING;
        }
        if (shape instanceof FieldShape.Whole) {
            return SimpleType.INT;
        }
        if (shape instanceof FieldShape.Number) {
            return JsonNumber.TYPE;
        }
        return shape instanceof FieldShape.Flag ? SimpleType.BOOL : SimpleType.DYN;
    }

    /** A list that may be null has no type of its own in CEL; objects and {@code number} take null as they are. */
    private static CelType orNull(CelType type) {
        return switch (type.kind()) {
            case STRING, INT, BOOL -> NullableType.create(type);
            case LIST -> SimpleType.DYN;
            default -> type;
        };
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(types.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(types.get(name));
    }
}
