package dev.carillon.platform.value;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of parsing an address: its normal form, or why it is invalid. It never quotes the input. */
public sealed interface ParsedAddress {

    /** A valid address. */
    record Address(String text) implements ParsedAddress {

        /** The address is personal. */
        @Override
        public String toString() {
            return "Address";
        }
    }

    /** An invalid address; {@code problem} ends a sentence that begins with the field's name. */
    record None(String problem) implements ParsedAddress {}

    default Optional<String> canonical() {
        return this instanceof Address address ? Optional.of(address.text()) : Optional.empty();
    }

    /** Null for an address. */
    default @Nullable String problem() {
        return this instanceof None none ? none.problem() : null;
    }
}
