package dev.carillon.notification.template;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Rendered.Edition;
import dev.carillon.notification.template.Rendered.NotRendered;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One version of a type and its texts, compiled and rendered with its examples. Immutable. */
public final class TypeFolder {

    static final Map<String, String> EXAMPLE_CUSTOMER = Map.of("name", "Alice Johnson");

    private final NotificationType type;
    private final TypeText text;
    private final String version;
    private final Map<String, Translations> channels;
    private final TypeReader reader;

    /**
     * Why a context does not fit its notification type. It never holds the value itself.
     *
     * @param pointer a JSON pointer into the request, such as {@code /context/orderId}
     * @param detail what is wrong, such as {@code is required}
     */
    public record ContextViolation(String pointer, String detail) {}

    private TypeFolder(
            NotificationType type,
            TypeText text,
            String version,
            Map<String, Translations> channels,
            TypeReader reader) {
        this.reader = reader;
        this.type = type;
        this.text = text;
        this.version = version;
        this.channels = channels;
    }

    /** Refuses what does not fit with an {@link InvalidTemplateException}. */
    static TypeFolder read(TypeText text, String version, TypeReader reader, BooleanSupplier stopped) {
        NotificationType type = TypeFile.read(text);
        TypeFolder folder =
                new TypeFolder(type, text, version, new TemplateFiles(type, text, reader).channels(), reader);
        folder.proveOnExamples(stopped);
        return folder;
    }

    /** Whether it was compiled with these layouts. */
    boolean isReadBy(TypeReader other) {
        return reader == other;
    }

    /** Whether one of its texts includes a layout. */
    boolean includes(String layout) {
        var included = Pattern.compile("\\{#include\\s+" + TemplateEngine.LAYOUTS + Pattern.quote(layout) + "\\.");
        return text.files().values().stream()
                .anyMatch(file -> included.matcher(file).find());
    }

    public NotificationType type() {
        return type;
    }

    /** The source text. */
    public TypeText text() {
        return text;
    }

    public String version() {
        return version;
    }

    /** The languages a channel has templates in; the type's own comes first. */
    public List<String> locales(String channel) {
        List<String> locales = new ArrayList<>(List.of(type.locale().toLanguageTag()));
        Translations templates = channels.get(channel);
        if (templates != null) {
            locales.addAll(templates.others());
        }
        return locales;
    }

    /** A value for each variable. */
    public Map<String, Object> examples() {
        return examples(type);
    }

    private static Map<String, Object> examples(NotificationType type) {
        Map<String, Object> examples = new LinkedHashMap<>();
        type.variables().forEach((name, variable) -> {
            if (variable.example() != null) {
                examples.put(name, variable.example());
            }
        });
        return examples;
    }

    /** Why it cannot be rendered with the context; empty if it can. Unknown variables are fine. */
    public List<ContextViolation> check(Map<String, ? extends @Nullable Object> context) {
        return Binding.of(type, context).violations();
    }

    /**
     * Renders the text for one channel. Templates see the declared variables and {@code customer}, and nothing else.
     *
     * @param context  plain values by variable name: texts, numbers of any class, booleans, lists and maps
     */
    public Rendered render(String channel, Reader reader, Map<String, ? extends @Nullable Object> context) {
        Translations templates = channels.get(channel);
        if (templates == null) {
            return new NotRendered(Reason.TEMPLATE_MISSING, channel, type.name() + " has no template for " + channel);
        }
        Binding binding = Binding.of(type, context);
        if (!binding.unfit().isEmpty()) {
            Map.Entry<String, String> first =
                    binding.unfit().entrySet().iterator().next();
            return new NotRendered(Reason.VARIABLE_MISSING, first.getKey(), first.getKey() + " " + first.getValue());
        }
        Locale wanted = reader.locale();
        Translations.Found found = templates.in(wanted);
        // An amount in a German text is written as in Austria for an Austrian, but never the German way in an English
        // text.
        Locale locale = wanted.getLanguage().equals(found.locale().getLanguage()) ? wanted : found.locale();
        TextStyle style = new TextStyle(locale, reader.zone());
        try {
            return found.templates()
                    .render(binding.values(), reader.knownFacts(), style, new Edition(version, found.locale()));
        } catch (TemplateFile.Unrendered e) {
            return notRendered(e);
        }
    }

    /** Every template has rendered its examples, so what fails later is a matter of the data: a value, not an exception. */
    private NotRendered notRendered(TemplateFile.Unrendered failure) {
        String expression = failure.expression();
        if (expression == null) {
            return new NotRendered(
                    Reason.VARIABLE_MISSING, "context", "the values cannot be rendered in " + failure.place());
        }
        String name = variableIn(expression);
        return new NotRendered(Reason.VARIABLE_MISSING, name, name + " is missing in " + failure.place());
    }

    /** {@code newPrice.money(currency)} is about {@code newPrice}, {@code customer.tier.name} about all of its path. */
    private String variableIn(String expression) {
        String path = expression.split("[^A-Za-z0-9._]", 2)[0];
        String root = path.split("\\.", 2)[0];
        return type.variables().containsKey(root) ? root : path;
    }

    /** Renders everything with all variables, with the required ones only, and with each optional one alone beside those. */
    private void proveOnExamples(BooleanSupplier stopped) {
        for (Map<String, Object> context : exampleContexts(type)) {
            Map<String, Object> values = Binding.of(type, context).values();
            if (stopped.getAsBoolean()) {
                throw new CancellationException("nobody waits for these texts any more");
            }
            channels.values().forEach(templates -> {
                prove(templates.in(type.locale()), context.keySet(), values);
                templates
                        .others()
                        .forEach(tag -> prove(templates.in(Locale.forLanguageTag(tag)), context.keySet(), values));
            });
        }
    }

    private void prove(Translations.Found found, Set<String> given, Map<String, Object> values) {
        try {
            found.templates()
                    .render(
                            values,
                            EXAMPLE_CUSTOMER,
                            new TextStyle(found.locale(), ZoneOffset.UTC),
                            new Edition(version, found.locale()));
        } catch (TemplateFile.Unrendered e) {
            throw e.invalid(" (" + type.name() + " rendered with its examples for " + new TreeSet<>(given) + ")");
        }
    }

    static List<Map<String, Object>> exampleContexts(NotificationType type) {
        Map<String, Object> all = examples(type);
        Map<String, Object> required = new LinkedHashMap<>(all);
        required.keySet().removeIf(name -> !type.variables().get(name).required());
        List<Map<String, Object>> contexts = new ArrayList<>(List.of(all, required));
        all.forEach((name, example) -> {
            if (!required.containsKey(name)) {
                Map<String, Object> alone = new LinkedHashMap<>(required);
                alone.put(name, example);
                contexts.add(alone);
            }
        });
        return contexts;
    }
}
