package dev.carillon.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jackson reads and writes our types by reflection: each says that it is registered for the native binary, and so does all it is made of. */
class JsonTypesTest {

    private static final JavaClasses APP = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.carillon");

    @Test
    void whatever_is_read_from_json_or_written_as_json_is_registered() {
        Set<Class<?>> json = closure(Stream.of(annotated(), ofResources(), namedToJackson())
                .flatMap(types -> types)
                .toList());

        assertThat(json).hasSizeGreaterThan(80);
        assertThat(json.stream()
                        .filter(type -> !isRegistered(type))
                        .map(Class::getName)
                        .sorted()
                        .toList())
                .as("to be annotated with @RegisterForReflection")
                .isEmpty();
    }

    /** What says that it is JSON, by an annotation of Jackson or by being registered. */
    private static Stream<Type> annotated() {
        return classes()
                .filter(type -> isRegistered(type) || bearsJackson(type))
                .map(type -> type);
    }

    /** What operations take and answer. */
    private static Stream<Type> ofResources() {
        return classes()
                .filter(type -> type.getSimpleName().endsWith("Resource"))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Arrays.stream(method.getAnnotations())
                        .anyMatch(one -> one.annotationType().getPackageName().equals("jakarta.ws.rs")))
                .flatMap(method -> Stream.concat(Stream.of(method.getGenericReturnType()), bodies(method)));
    }

    /** A parameter without an annotation is the body. */
    private static Stream<Type> bodies(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> Arrays.stream(parameter.getAnnotations())
                        .noneMatch(one -> one.annotationType().getPackageName().equals("jakarta.ws.rs")))
                .map(parameter -> parameter.getParameterizedType());
    }

    /** {@code json.read(text, Answer.class)}: the classes that are named where Jackson is used. */
    private static Stream<Type> namedToJackson() {
        return APP.stream()
                .filter(JsonTypesTest::usesJackson)
                .flatMap(type -> type.getReferencedClassObjects().stream())
                .map(ReferencedClassObject::getRawType)
                .filter(type -> type.getPackageName().startsWith("dev.carillon"))
                .map(JavaClass::reflect)
                .filter(type -> type.isRecord() || type.isEnum() && bearsJackson(type))
                .map(type -> type);
    }

    private static boolean usesJackson(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getName())
                .anyMatch(name -> name.equals("dev.carillon.platform.json.Json")
                        || name.equals("com.fasterxml.jackson.databind.ObjectMapper"));
    }

    private static Set<Class<?>> closure(Iterable<Type> from) {
        Set<Class<?>> reached = new LinkedHashSet<>();
        from.forEach(type -> reach(type, reached));
        return reached;
    }

    private static void reach(Type type, Set<Class<?>> reached) {
        if (type instanceof ParameterizedType generic) {
            reach(generic.getRawType(), reached);
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> reach(argument, reached));
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(bound -> reach(bound, reached));
        } else if (type instanceof Class<?> one && isData(one) && reached.add(one) && one.isRecord()) {
            Arrays.stream(one.getRecordComponents())
                    .filter(component -> !isIgnored(component))
                    .map(RecordComponent::getGenericType)
                    .forEach(component -> reach(component, reached));
        }
    }

    /** Enums are written by their names, which needs no reflection, unless Jackson is told otherwise. */
    private static boolean isData(Class<?> type) {
        return type.getName().startsWith("dev.carillon") && (type.isRecord() || type.isEnum() && bearsJackson(type));
    }

    private static boolean isIgnored(RecordComponent component) {
        return Stream.of(component.getAccessor(), component).anyMatch(element -> has(element, "JsonIgnore"));
    }

    private static boolean has(AnnotatedElement element, String annotation) {
        return Arrays.stream(element.getAnnotations())
                .anyMatch(one -> one.annotationType().getSimpleName().equals(annotation));
    }

    private static boolean isRegistered(Class<?> type) {
        return type.isAnnotationPresent(RegisterForReflection.class);
    }

    private static boolean bearsJackson(Class<?> type) {
        return Stream.of(
                        Stream.of(type),
                        Arrays.stream(type.getDeclaredMethods()),
                        Arrays.stream(type.getDeclaredFields()),
                        Arrays.stream(type.getDeclaredConstructors()))
                .flatMap(elements -> elements)
                .map(element -> (AnnotatedElement) element)
                .flatMap(element -> Arrays.stream(element.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(one -> one.isAnnotationPresent(JacksonAnnotation.class));
    }

    private static Stream<Class<?>> classes() {
        return APP.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::reflect);
    }
}
