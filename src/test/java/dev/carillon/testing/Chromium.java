package dev.carillon.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The browser of the tests: what the system has installed ({@code -Dchromium=/path/to/it} names another); nothing is downloaded. One for
 * each thread, because its driver serves one at a time.
 */
public final class Chromium {

    private static final String SETTING = "chromium";
    private static final List<String> USUAL =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final Map<String, String> NOTHING_DOWNLOADED = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    private static final List<String> QUIET = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final ThreadLocal<Browser> BROWSER = ThreadLocal.withInitial(Chromium::start);

    /** Without a browser there is nothing to test with: skipped, with the reason, and never green. */
    public static final class IsHere implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return executable()
                    .map(path -> ConditionEvaluationResult.enabled("Chromium is " + path))
                    .orElseGet(() -> ConditionEvaluationResult.disabled("No Chromium among " + USUAL
                            + ": install it (apt-get install chromium), or name one by -Dchromium=/path/to/it"));
        }
    }

    private Chromium() {}

    static Optional<Path> executable() {
        var named = System.getProperty(SETTING);
        return (named == null ? USUAL.stream() : Stream.of(named))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** This thread's. */
    static Browser browser() {
        if (!BROWSER.get().isConnected()) {
            BROWSER.remove();
        }
        return BROWSER.get();
    }

    private static Browser start() {
        return Playwright.create(new Playwright.CreateOptions().setEnv(NOTHING_DOWNLOADED))
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable().orElseThrow())
                        .setArgs(QUIET));
    }
}
