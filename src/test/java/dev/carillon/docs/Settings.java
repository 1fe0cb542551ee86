package dev.carillon.docs;

import com.sun.source.doctree.DocTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Every setting of the service, as its {@code @ConfigMapping} interfaces and their Javadoc say. */
final class Settings {

    /**
     * One setting.
     *
     * @param key          with {@code <name>} where a name of the user's making stands
     * @param defaultValue empty where there is none
     */
    record Setting(String key, String kind, Optional<String> defaultValue, String meaning) {

        String row() {
            return "| `%s` | %s | %s | %s |"
                    .formatted(
                            key,
                            kind,
                            defaultValue.map(value -> "`" + value + "`").orElse(""),
                            meaning);
        }
    }

    private final Map<String, String> javadoc = new HashMap<>();
    private final Map<String, List<Setting>> byPrefix = new TreeMap<>();

    static Map<String, List<Setting>> byPrefix() throws IOException {
        var settings = new Settings();
        settings.readSources();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.carillon").stream()
                        .filter(one -> one.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::reflect)
                        .forEach(mapping -> {
                            var found = new ArrayList<Setting>();
                            String prefix =
                                    mapping.getAnnotation(ConfigMapping.class).prefix();
                            settings.group(mapping, prefix, found);
                            settings.byPrefix.put(
                                    prefix,
                                    found.stream()
                                            .sorted((one, other) -> one.key().compareTo(other.key()))
                                            .toList());
                        });
        return settings.byPrefix;
    }

    private void readSources() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var sources = Files.walk(Path.of("src/main/java"))) {
            var mappings = sources.filter(path -> path.toString().endsWith("Settings.java"))
                    .toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(mappings));
            var docs = DocTrees.instance(task);
            for (var unit : task.parse()) {
                new TreePathScanner<Void, String>() {
                    @Override
                    public Void visitClass(ClassTree type, String outer) {
                        return super.visitClass(type, outer + type.getSimpleName() + ".");
                    }

                    @Override
                    public Void visitMethod(MethodTree method, String outer) {
                        var comment = docs.getDocCommentTree(getCurrentPath());
                        if (comment != null) {
                            javadoc.put(outer + method.getName(), words(comment.getFullBody()));
                        }
                        return super.visitMethod(method, outer);
                    }
                }.scan(unit, unit.getPackageName() + ".");
            }
        }
    }

    private static String words(List<? extends DocTree> body) {
        String text = body.stream()
                .map(DocTree::toString)
                .collect(Collectors.joining())
                .replaceAll("\\{@(?:code|link|linkplain) #?([^}]*)}", "`$1`");
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text)
                .replaceAll(escape -> Character.toString(Integer.parseInt(escape.group(1), 16)))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private void group(Class<?> group, String prefix, List<Setting> into) {
        Stream.of(group.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .forEach(method -> {
                    String own = method.isAnnotationPresent(WithName.class)
                            ? method.getAnnotation(WithName.class).value()
                            : StringUtil.skewer(method.getName());
                    value(
                            method.getGenericReturnType(),
                            method.isAnnotationPresent(WithParentName.class) ? prefix : prefix + "." + own,
                            method,
                            into);
                });
    }

    private void value(Type type, String key, Method method, List<Setting> into) {
        if (type instanceof ParameterizedType of && of.getRawType() == Map.class) {
            value(of.getActualTypeArguments()[1], key + ".<name>", method, into);
        } else if (type instanceof ParameterizedType of && of.getRawType() == Optional.class) {
            value(of.getActualTypeArguments()[0], key, method, into);
        } else if (type instanceof Class<?> group && isGroup(group)) {
            group(group, key, into);
        } else {
            into.add(new Setting(
                    key,
                    kind(type),
                    Optional.ofNullable(method.getAnnotation(WithDefault.class)).map(WithDefault::value),
                    meaning(method)));
        }
    }

    /** Where it says nothing itself, what it overrides does. */
    private String meaning(Method method) {
        return Stream.concat(
                        Stream.of(method.getDeclaringClass()),
                        Stream.of(method.getDeclaringClass().getInterfaces()))
                .map(type -> javadoc.get(type.getCanonicalName() + "." + method.getName()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static boolean isGroup(Class<?> type) {
        return type.isInterface()
                && type.getName().startsWith("dev.carillon.")
                && Stream.of(type.getMethods()).anyMatch(method -> Modifier.isAbstract(method.getModifiers()));
    }

    private static String kind(Type type) {
        if (type instanceof ParameterizedType list) {
            return "list of " + kind(list.getActualTypeArguments()[0]) + "s";
        }
        if (type == Duration.class) {
            return "duration";
        }
        if (type == MemorySize.class) {
            return "size";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        return type == String.class || type == Path.class
                ? "text"
                : type instanceof Class<?> one && (one.isPrimitive() || Number.class.isAssignableFrom(one))
                        ? "number"
                        : "text";
    }
}
