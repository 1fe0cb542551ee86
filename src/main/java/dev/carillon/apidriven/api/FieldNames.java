package dev.carillon.apidriven.api;

import java.util.function.UnaryOperator;

/** What a way of submitting calls its fields, so that an error points at what the caller really sent. */
record FieldNames(String type, String customerId, UnaryOperator<String> contextPointer) {

    String inContext(String pointer) {
        return contextPointer.apply(pointer);
    }
}
