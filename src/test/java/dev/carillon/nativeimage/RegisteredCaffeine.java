package dev.carillon.nativeimage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;

/** The classes of Caffeine that are registered for the native binary. */
final class RegisteredCaffeine {

    static final String PACKAGE = "com.github.benmanes.caffeine.cache.";

    /** What Caffeine generates is named with the letters of its features alone. */
    static final String GENERATED = "[A-Z]{2,}";

    private RegisteredCaffeine() {}

    static Set<String> classes() throws ClassNotFoundException {
        return Set.of(Class.forName("dev.carillon.platform.nativeimage.CaffeineClasses")
                .getAnnotation(RegisterForReflection.class)
                .classNames());
    }

    static String inFull(String name) {
        return PACKAGE + name;
    }
}
