package dev.carillon.notification.recipient;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service's default cap in tests. */
public final class Caps {

    private Caps() {}

    public static CustomerCaps none() {
        return new CustomerCaps(settings(null, null, null));
    }

    public static CustomerCaps of(int max, String per) {
        return new CustomerCaps(settings(max, per, null));
    }

    static FrequencyCapSettings settings(@Nullable Integer max, @Nullable String per, @Nullable String window) {
        return new FrequencyCapSettings() {
            @Override
            public Optional<Integer> max() {
                return Optional.ofNullable(max);
            }

            @Override
            public Optional<String> per() {
                return Optional.ofNullable(per);
            }

            @Override
            public Optional<String> window() {
                return Optional.ofNullable(window);
            }
        };
    }
}
