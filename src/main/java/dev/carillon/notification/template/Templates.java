package dev.carillon.notification.template;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import dev.carillon.notification.template.Rendered.NotRendered;
import dev.carillon.notification.template.Rendered.Reason;
import io.quarkus.runtime.Startup;

/**
 * All notification types and their words. Read, parsed and rendered once with their examples at start, so that a broken file
 * stops the start with its name and line. Thread-safe, and never waits for anything.
 */
@Startup
@ApplicationScoped
public class Templates {

    static final String INDEX = "index.txt";

    private final Map<String, TypeFolder> folders;
    private final List<NotificationType> types;

    @Inject
    Templates(Categories categories, TemplateSettings settings) {
        this(categories, settings.path().map(TemplateSource::withDirectory).orElseGet(TemplateSource::classPath));
    }

    /** The types that come with Carillon. */
    public Templates(Categories categories) {
        this(categories, TemplateSource.classPath());
    }

    Templates(Categories categories, TemplateSource source) {
        TemplateEngine engine = new TemplateEngine(source);
        Map<String, TypeFolder> read = new LinkedHashMap<>();
        filesByFolder(source.require(INDEX))
                .forEach((name, files) -> read.put(name, TypeFolder.read(name, files, source, engine)));
        read.values().forEach(folder -> requireCategory(folder.type(), categories));
        this.folders = Collections.unmodifiableMap(read);
        this.types = read.values().stream().map(TypeFolder::type).toList();
    }

    public Optional<NotificationType> type(String name) {
        return Optional.ofNullable(folders.get(name)).map(TypeFolder::type);
    }

    /** In alphabetical order. */
    public Collection<NotificationType> types() {
        return types;
    }

    /** What keeps the type from being rendered with the context; empty if nothing does. Variables it does not know are fine. */
    public List<Violation> check(NotificationType type, Map<String, ? extends @Nullable Object> context) {
        return Binding.of(type, context).violations();
    }

    /**
     * The words for one channel. Templates see the declared variables and {@code customer}, and nothing else.
     *
     * @param context plain values by variable name: texts, numbers of any class, booleans, lists and maps
     * @param customer plain values; {@code name} is used where it is there
     */
    public Rendered render(
            NotificationType type,
            String channel,
            Map<String, ? extends @Nullable Object> context,
            Map<String, ? extends @Nullable Object> customer) {
        TypeFolder folder = folders.get(type.name());
        ChannelTemplates templates = folder == null ? null : folder.channels().get(channel);
        if (templates == null) {
            return new NotRendered(Reason.TEMPLATE_MISSING, channel, type.name() + " has no template for " + channel);
        }
        Binding binding = Binding.of(type, context);
        if (!binding.unfit().isEmpty()) {
            Map.Entry<String, String> first = binding.unfit().entrySet().iterator().next();
            return new NotRendered(Reason.VARIABLE_MISSING, first.getKey(), first.getKey() + " " + first.getValue());
        }
        try {
            return templates.render(binding.values(), customer);
        } catch (Piece.Unrendered e) {
            return notRendered(type, e);
        }
    }

    /** Every template has rendered its examples, so what fails later is a matter of the data: a value, not an exception. */
    private static NotRendered notRendered(NotificationType type, Piece.Unrendered failure) {
        String expression = failure.expression();
        if (expression == null) {
            return new NotRendered(Reason.VARIABLE_MISSING, "context", "the values cannot be rendered in " + failure.place());
        }
        String name = variableIn(expression, type);
        return new NotRendered(Reason.VARIABLE_MISSING, name, name + " is missing in " + failure.place());
    }

    /** {@code newPrice.money(currency)} is about {@code newPrice}, {@code customer.tier.name} about all of its path. */
    private static String variableIn(String expression, NotificationType type) {
        String path = expression.split("[^A-Za-z0-9._]", 2)[0];
        String root = path.split("\\.", 2)[0];
        return type.variables().containsKey(root) ? root : path;
    }

    private static void requireCategory(NotificationType type, Categories categories) {
        if (categories.category(type.category()).isEmpty()) {
            throw new IllegalStateException("notifications/" + type.name() + "/type.yaml at /category: '" + type.category()
                    + "' is not in categories.yaml");
        }
    }

    private static Map<String, Set<String>> filesByFolder(String index) {
        Map<String, Set<String>> folders = new LinkedHashMap<>();
        index.lines().map(String::strip).filter(Templates::isInTypeFolder).sorted().forEach(path -> {
            int slash = path.indexOf('/');
            folders.computeIfAbsent(path.substring(0, slash), name -> new TreeSet<>()).add(path.substring(slash + 1));
        });
        return folders;
    }

    private static boolean isInTypeFolder(String path) {
        return path.indexOf('/') > 0 && !path.startsWith("_");
    }
}
