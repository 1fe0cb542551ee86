package dev.carillon.notification.template;

import dev.carillon.notification.template.Inspection.Finding;
import dev.carillon.platform.value.DidYouMean;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode.Origin;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds all errors of all files of a type, where compiling ends at the first one. Texts without an error here can be compiled, and
 * the other way round. Not thread-safe, and not for an event loop.
 */
final class TypeInspector {

    /** More do not help, and each costs a rendering. */
    private static final int MOST = 100;

    private static final Pattern LOOP = Pattern.compile("\\{#for\\s+(\\w+)\\s+in\\b");
    private static final Pattern NAMED = Pattern.compile("\\{#(?:let|set|with|include)\\b([^}]*)\\}");
    private static final Pattern NAME = Pattern.compile("(\\w+)\\s*=");

    private final TypeText text;
    private final TypeReader reader;
    private final BooleanSupplier stopped;
    private final List<Finding> errors = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    TypeInspector(TypeText text, TypeReader reader, BooleanSupplier stopped) {
        this.text = text;
        this.reader = reader;
        this.stopped = stopped;
    }

    Inspection inspect() {
        NotificationType type;
        try {
            type = TypeFile.read(text);
        } catch (InvalidTemplateException broken) {
            return new Inspection(List.of(Finding.of(text.type(), broken, null)), List.of(), null);
        }
        parsed(type).forEach((file, template) -> inspect(type, file, template));
        var folder = errors.isEmpty() ? compiled() : null;
        if (folder != null) {
            warnOfUnused(type);
        }
        return new Inspection(
                errors.stream().limit(MOST).toList(),
                warnings.stream().limit(MOST).toList(),
                folder);
    }

    private Map<String, TemplateFile> parsed(NotificationType type) {
        Map<String, TemplateFile> parsed = new LinkedHashMap<>();
        text.files().forEach((file, content) -> {
            if (!file.equals(TypeText.TYPE_FILE)) {
                try {
                    parsed.put(file, reader.engine(locale(type, file)).parse(text.type() + "/" + file, content));
                } catch (InvalidTemplateException broken) {
                    errors.add(Finding.of(text.type(), broken, null));
                }
            }
        });
        return parsed;
    }

    private void inspect(NotificationType type, String file, TemplateFile template) {
        var unknown = unknownIn(type, file, template.template());
        var failures = failures(type, file, template);
        failures.stream().filter(one -> errors.stream().noneMatch(one::isAt)).forEach(errors::add);
        unknown.stream()
                .filter(one -> errors.stream().noneMatch(one::isAt))
                .forEach(failures.isEmpty() ? warnings::add : errors::add);
    }

    /** What is wrong with the file rendered with the examples: all, the required ones, each optional one alone beside those. */
    private List<Finding> failures(NotificationType type, String file, TemplateFile template) {
        List<Finding> failures = new ArrayList<>();
        var style = new TextStyle(Locale.forLanguageTag(locale(type, file)), ZoneOffset.UTC);
        for (var context : TypeFolder.exampleContexts(type)) {
            if (stopped.getAsBoolean()) {
                break;
            }
            try {
                template.render(Binding.of(type, context).values(), TypeFolder.EXAMPLE_CUSTOMER, style);
            } catch (TemplateFile.Unrendered failed) {
                var name = failed.expression() == null ? null : rootOf(failed.expression());
                var finding = Finding.of(text.type(), failed.invalid(when(type, context, name)), name);
                if (failures.stream().noneMatch(finding::isAt)) {
                    failures.add(finding);
                }
            }
        }
        return failures;
    }

    private static String when(NotificationType type, Map<String, Object> context, @Nullable String name) {
        if (name == null) {
            return "";
        }
        return !type.variables().containsKey(name)
                ? DidYouMean.hint(name, type.variables().keySet())
                : context.containsKey(name)
                        ? ""
                        : ": " + name + " is optional; ask for it with {#if " + name + "??} or give a fallback with ?:";
    }

    /** Names that no variable has: nothing ever comes of them. */
    private List<Finding> unknownIn(NotificationType type, String file, Template template) {
        var known = new HashSet<>(type.variables().keySet());
        known.add("customer");
        var local = locals(text.files().get(file));
        List<Finding> unknown = new ArrayList<>();
        for (var expression : template.getExpressions()) {
            named(expression, (name, origin) -> {
                used.add(name);
                if (!known.contains(name) && local.stream().noneMatch(one -> isOf(one, name))) {
                    unknown.add(new Finding(
                            file,
                            origin.getLine(),
                            TemplateEngine.column(origin),
                            name,
                            name + " is not among the type's variables"
                                    + DidYouMean.hint(name, type.variables().keySet())));
                }
            });
        }
        return unknown.stream().distinct().toList();
    }

    private interface NamedAt {
        void found(String name, Origin origin);
    }

    /** The first names of an expression and of what it hands to functions. */
    private static void named(Expression expression, NamedAt found) {
        if (expression.isLiteral()
                || expression.hasNamespace()
                || expression.getParts().isEmpty()) {
            return;
        }
        var first = expression.getParts().get(0);
        if (!first.isVirtualMethod()) {
            found.found(first.getName(), expression.getOrigin());
        }
        expression.getParts().stream()
                .filter(Expression.Part::isVirtualMethod)
                .flatMap(part -> part.asVirtualMethod().getParameters().stream())
                .forEach(parameter -> named(parameter, found));
    }

    /** The names that the file itself gives to something. */
    private static Set<String> locals(@Nullable String content) {
        Set<String> names = new HashSet<>(Set.of("it", "this"));
        if (content != null) {
            LOOP.matcher(content).results().forEach(loop -> names.add(loop.group(1)));
            NAMED.matcher(content)
                    .results()
                    .flatMap(section -> NAME.matcher(section.group(1)).results())
                    .forEach(name -> names.add(name.group(1)));
        }
        return names;
    }

    /** {@code item_count} is of {@code item}. */
    private static boolean isOf(String local, String name) {
        return name.equals(local) || name.startsWith(local + "_");
    }

    private @Nullable TypeFolder compiled() {
        try {
            return reader.read(text, "draft", stopped);
        } catch (InvalidTemplateException broken) {
            errors.add(Finding.of(text.type(), broken, null));
            return null;
        }
    }

    private void warnOfUnused(NotificationType type) {
        var variables = TypeYaml.read(
                        text.type() + "/" + TypeText.TYPE_FILE, text.files().get(TypeText.TYPE_FILE))
                .child("variables");
        type.variables().keySet().stream().filter(name -> !used.contains(name)).forEach(name -> {
            var at = variables.document().atNameOf(variables.written().path(name));
            warnings.add(new Finding(TypeText.TYPE_FILE, at.line(), at.column(), name, "no text says " + name));
        });
    }

    private String locale(NotificationType type, String file) {
        return TemplateFileName.parse(file)
                .map(TemplateFileName::locale)
                .orElse(type.locale().toLanguageTag());
    }

    private static String rootOf(String expression) {
        return expression.split("[^A-Za-z0-9_]", 2)[0];
    }
}
