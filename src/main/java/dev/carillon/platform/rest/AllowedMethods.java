package dev.carillon.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The methods of each path, read from the OpenAPI document. The framework refuses other methods without listing the
 * allowed ones.
 */
@ApplicationScoped
class AllowedMethods {

    private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private record Path(Pattern form, Set<String> methods) {}

    private final ObjectMapper mapper;
    private volatile @Nullable List<Path> paths;

    AllowedMethods(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The value of an {@code Allow} header. */
    String allowed(String path) {
        var methods = of(path);
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    /** Whether there is such a path, and it has other methods only: where several resources share its beginning, the framework says that there is none. */
    boolean refuse(String method, String path) {
        var methods = of(path);
        return !methods.isEmpty() && !methods.contains(method);
    }

    private Set<String> of(String path) {
        var methods = known().stream()
                .filter(one -> one.form().matcher(path).matches())
                .flatMap(one -> one.methods().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    private List<Path> known() {
        var known = paths;
        if (known == null) {
            known = read();
            paths = known;
        }
        return known;
    }

    private List<Path> read() {
        try (var document = Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT)) {
            if (document == null) {
                return List.of();
            }
            var read = new ArrayList<Path>();
            mapper.readTree(document)
                    .path("paths")
                    .fields()
                    .forEachRemaining(path -> read.add(new Path(form(path.getKey()), methods(path))));
            return List.copyOf(read);
        } catch (IOException e) {
            throw new UncheckedIOException("the API's document cannot be read", e);
        }
    }

    private static Pattern form(String template) {
        return Pattern.compile(Pattern.quote(template).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q"));
    }

    private static Set<String> methods(Map.Entry<String, JsonNode> path) {
        var methods = new TreeSet<String>();
        path.getValue().fieldNames().forEachRemaining(name -> {
            if (METHODS.contains(name)) {
                methods.add(name.toUpperCase(Locale.ROOT));
            }
        });
        return methods;
    }
}
