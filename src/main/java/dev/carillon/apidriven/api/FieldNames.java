package dev.carillon.apidriven.api;

import java.util.function.UnaryOperator;

/** The field names of one form of the API, so that an error points at what the caller really sent. */
record FieldNames(String type, String customerId, UnaryOperator<String> contextPointer) {

    String inContext(String pointer) {
        return contextPointer.apply(pointer);
    }
}
