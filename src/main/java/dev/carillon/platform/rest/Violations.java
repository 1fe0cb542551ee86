package dev.carillon.platform.rest;

import dev.carillon.platform.rest.Problem.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Converts Bean Validation's violations to field errors, ordered by pointer. */
final class Violations {

    /** A parameter with one of these names is the body itself, whose pointer is empty. */
    private static final Set<String> BODIES = Set.of("body", "request", "wanted");

    private Violations() {}

    static List<FieldError> of(ConstraintViolationException e) {
        return e.getConstraintViolations().stream()
                .map(violation -> new FieldError(violation.getMessage(), pointer(violation)))
                .sorted(Comparator.comparing(FieldError::pointer).thenComparing(FieldError::detail))
                .toList();
    }

    private static String pointer(ConstraintViolation<?> violation) {
        var pointer = new StringBuilder();
        StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .filter(Violations::isNamed)
                .forEach(node -> pointer.append(step(node)));
        return pointer.toString();
    }

    private static boolean isNamed(Path.Node node) {
        return node.getKind() == ElementKind.PROPERTY
                || node.getKind() == ElementKind.CONTAINER_ELEMENT
                || node.getKind() == ElementKind.PARAMETER && !BODIES.contains(node.getName());
    }

    /** An element of a list or map is named by its index or key; {@code <map value>} is no name of anything. */
    private static String step(Path.Node node) {
        var of = node.getIndex() != null
                ? Pointers.step(String.valueOf(node.getIndex()))
                : node.getKey() != null ? Pointers.step(String.valueOf(node.getKey())) : "";
        return node.getKind() == ElementKind.CONTAINER_ELEMENT ? of : of + Pointers.step(node.getName());
    }
}
