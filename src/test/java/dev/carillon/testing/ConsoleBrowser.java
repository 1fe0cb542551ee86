package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One reader of the console, with cookies and a window of its own. At the {@link #close end} it fails for what no journey may do: an error
 * in the browser's console, something the content security policy refused, a request to another host.
 */
public final class ConsoleBrowser implements AutoCloseable {

    /** {@code -Ddocs.images=true} makes the pictures of the documentation. */
    private static final boolean PICTURES = Boolean.getBoolean("docs.images");

    private static final String AXE = resource("/axe.min.js");
    private static final Path IMAGES = Path.of("docs", "images");
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 860;
    private static final int SLOW_MACHINE_MILLIS = 20_000;

    /** The browser reports every answer like these as an error; journeys ask for them on purpose. */
    private static final Set<String> REFUSALS = Set.of("400", "401", "403", "404", "409", "412", "422", "429");

    private final URI base;
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();
    private int clicks;

    private ConsoleBrowser(URI base) {
        this.base = base;
        this.context = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(WIDTH, HEIGHT)
                        .setLocale("en-GB")
                        .setTimezoneId("Europe/Berlin")
                        .setColorScheme(ColorScheme.LIGHT));
        this.page = context.newPage();
        page.setDefaultTimeout(SLOW_MACHINE_MILLIS);
        page.onConsoleMessage(this::said);
        page.onPageError(error -> faults.add("uncaught: " + error));
        context.onRequestFinished(this::asked);
        context.onRequestFailed(request -> {
            if (!String.valueOf(request.failure()).contains("csp")) { // what the policy refuses was asked of nobody
                asked(request);
            }
        });
    }

    /** @param base such as {@code http://127.0.0.1:8080} */
    public static ConsoleBrowser of(URI base) {
        return new ConsoleBrowser(base.resolve("/"));
    }

    /** On the service that the tests share. */
    public static ConsoleBrowser inProduction() {
        return of(Production.service().uri("/"));
    }

    /** On that service, signed in with the administrator's key. */
    public static ConsoleBrowser ofTheAdministrator() {
        return inProduction().signIn(Production.ADMIN_KEY);
    }

    public Page page() {
        return page;
    }

    public ConsoleBrowser signIn(String key) {
        open("/sign-in");
        page.getByLabel("API key").fill(key);
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
        page.getByRole(AriaRole.NAVIGATION).waitFor();
        return this;
    }

    /** A page's address, such as {@code /customers/cust-001}. */
    public ConsoleBrowser open(String address) {
        page.navigate(base.resolve(address).toString());
        page.locator("main h1").first().waitFor();
        return this;
    }

    public Locator heading() {
        return page.locator("main h1");
    }

    public Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    public Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    /** Clicks, and counts it. */
    public ConsoleBrowser click(Locator target) {
        target.click();
        clicks++;
        return this;
    }

    public int clicks() {
        return clicks;
    }

    /**
     * What axe-core finds, in the light and in the dark. Frames are left out: what they show is sandboxed, so that no script of ours or of
     * axe's ever runs in them.
     */
    public ConsoleBrowser isAccessible() {
        page.evaluate(AXE);
        inBothThemes(theme -> assertThat(
                        (List<?>)
                                page.evaluate(
                                        "axe.run(document, {iframes: false, resultTypes: ['violations']}).then(result => result.violations.map(rule =>"
                                                + " `${rule.id}: ${rule.help} ${rule.nodes.map(node => `${node.html} ${node.failureSummary}`).join(' ')}`))"))
                .as("%s in %s", page.url(), theme)
                .isEmpty());
        return this;
    }

    /** Nothing but tables and code, which scroll by themselves, is wider than a small phone's window. */
    public ConsoleBrowser isUsableOnASmallPhone() {
        page.setViewportSize(320, 640);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("width of %s in a window of 320", page.url())
                .isLessThanOrEqualTo(320);
        page.setViewportSize(WIDTH, HEIGHT);
        return this;
    }

    /** For the documentation, when it is asked for: {@code docs/images/<name>.png}, and {@code <name>-dark.png}. */
    public ConsoleBrowser picture(String name) {
        if (PICTURES) {
            inBothThemes(theme -> page.screenshot(new Page.ScreenshotOptions()
                    .setPath(IMAGES.resolve(theme == ColorScheme.DARK ? name + "-dark.png" : name + ".png"))));
        }
        return this;
    }

    private void inBothThemes(Consumer<ColorScheme> work) {
        for (var theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            work.accept(theme);
        }
    }

    private static String resource(String name) {
        try (var file = Objects.requireNonNull(ConsoleBrowser.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private void said(ConsoleMessage message) {
        if (message.type().equals("error") && !isRefusal(message) && !isOfSandbox(message)) {
            faults.add(message.text() + " at " + message.location());
        }
    }

    /** What a customer's mail tries in its frame is refused, and that is reported. */
    private static boolean isOfSandbox(ConsoleMessage message) {
        return message.location().contains("/messages/") && message.location().contains("/html")
                || message.text().contains("sandboxed");
    }

    private static boolean isRefusal(ConsoleMessage message) {
        return message.text().startsWith("Failed to load resource: the server responded with a status of ")
                && REFUSALS.contains(message.text().replaceAll("\\D+(\\d+).*", "$1"))
                && (message.location().contains("/api/") || message.location().contains("/demo/"));
    }

    private void asked(Request request) {
        var asked = URI.create(request.url());
        var isOurs = Set.of("data", "blob", "about").contains(asked.getScheme())
                || asked.getAuthority() != null && asked.getAuthority().equals(base.getAuthority());
        if (!isOurs) {
            faults.add("request to another host: " + request.url());
        }
    }

    @Override
    public void close() {
        context.close();
        assertThat(faults).as("what the browser found wrong").isEmpty();
    }
}
