package dev.carillon.platform.value;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody wrote for an address: the address in its one form, or why it is none. Never says what was written. */
public sealed interface ParsedAddress {

    /** An address. */
    record Address(String text) implements ParsedAddress {

        /** The address is personal. */
        @Override
        public String toString() {
            return "Address";
        }
    }

    /** None; {@code problem} is the end of a sentence that begins with the field's name. */
    record None(String problem) implements ParsedAddress {}

    default Optional<String> canonical() {
        return this instanceof Address address ? Optional.of(address.text()) : Optional.empty();
    }

    /** Null for an address. */
    default @Nullable String problem() {
        return this instanceof None none ? none.problem() : null;
    }
}
