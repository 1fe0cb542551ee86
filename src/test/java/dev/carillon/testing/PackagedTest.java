package dev.carillon.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * A test of what the build makes, mostly of the packaged service. It mostly waits for a process of its own, so it runs while others of its
 * kind do, and while the tests of the application do, which come one after the other.
 */
@Tag("packaged")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(providers = PackagedTest.OneMethodAtATime.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface PackagedTest {

    /** A class that locks something runs its methods one after the other; without, they would run at the same time. */
    final class OneMethodAtATime implements ResourceLocksProvider {

        @Override
        public Set<Lock> provideForClass(Class<?> testClass) {
            return Set.of(new Lock(testClass.getName()));
        }
    }
}
