package dev.carillon.delivery;

import java.util.Optional;

/** A setting that the chosen provider cannot work without. */
public final class RequiredSetting {

    private RequiredSetting() {}

    /** @throws IllegalStateException naming the key, when there is none */
    public static <T> T of(Optional<T> value, String key) {
        return value.orElseThrow(
                () -> new IllegalStateException(key + " is not set, but the configured provider needs it"));
    }
}
