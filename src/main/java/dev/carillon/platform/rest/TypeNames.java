package dev.carillon.platform.rest;

/** The names of JSON types in error messages, the same at every door. */
public final class TypeNames {

    static final String STRING = "a string";
    static final String OBJECT = "an object";
    static final String ARRAY = "an array";
    static final String BOOLEAN = "true or false";
    static final String WHOLE = "a whole number";
    static final String NUMBER = "a number";

    private TypeNames() {}

    /** By the type's name in JSON Schema. */
    public static String of(String schemaType) {
        return switch (schemaType) {
            case "string" -> STRING;
            case "object" -> OBJECT;
            case "array" -> ARRAY;
            case "boolean" -> BOOLEAN;
            case "integer" -> WHOLE;
            case "number" -> NUMBER;
            default -> schemaType;
        };
    }
}
