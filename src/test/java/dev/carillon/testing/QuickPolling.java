package dev.carillon.testing;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Awaitility asks often at first and every tenth of a second later. It is registered twice in {@code META-INF/services}: each
 * {@code @QuarkusTest} application has an Awaitility of its own.
 */
public final class QuickPolling implements LauncherSessionListener, QuarkusTestBeforeClassCallback {

    private static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(100);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        pollQuickly();
    }

    @Override
    public void beforeClass(Class<?> testClass) {
        pollQuickly();
    }

    private static void pollQuickly() {
        Awaitility.setDefaultPollDelay(FIRST);
        Awaitility.setDefaultPollInterval(new IterativePollInterval(QuickPolling::next, FIRST));
    }

    private static Duration next(Duration last) {
        var longer = last.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }
}
