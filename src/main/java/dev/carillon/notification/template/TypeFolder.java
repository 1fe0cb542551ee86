package dev.carillon.notification.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.carillon.notification.template.Variable.Kind;

/** One folder under {@code notifications/}: reads it, refuses what does not fit, and proves every template on its examples. */
record TypeFolder(NotificationType type, Map<String, ChannelTemplates> channels) {

    private static final String TYPE_FILE = "type.yaml";
    private static final Map<String, String> EXAMPLE_CUSTOMER = Map.of("name", "Alice Johnson");

    static TypeFolder read(String name, Set<String> files, TemplateSource source, TemplateEngine engine) {
        if (!files.contains(TYPE_FILE)) {
            throw new IllegalStateException("notifications/" + name + "/" + TYPE_FILE + " is missing in index.txt");
        }
        String typeFile = name + "/" + TYPE_FILE;
        NotificationType type = type(name, YamlNode.read(typeFile, source.require(typeFile)));
        Map<String, Piece> pieces = new HashMap<>();
        files.stream().filter(file -> !file.equals(TYPE_FILE)).forEach(file -> {
            refuseStray(type, file);
            String path = name + "/" + file;
            pieces.put(file, engine.parse(path, source.require(path)));
        });
        Map<String, ChannelTemplates> channels = new LinkedHashMap<>();
        type.channels().forEach(channel -> channels.put(channel, channel(type, channel, pieces)));
        TypeFolder folder = new TypeFolder(type, channels);
        folder.proveOnExamples();
        return folder;
    }

    private static NotificationType type(String name, YamlNode yaml) {
        yaml.only("description", "category", "channels", "mandatory", "variables");
        Map<String, Variable> variables = new LinkedHashMap<>();
        yaml.child("variables").children().forEach((variable, node) -> variables.put(variable, variable(variable, node)));
        return new NotificationType(
                name,
                yaml.text("category"),
                yaml.has("mandatory") && yaml.flag("mandatory"),
                yaml.texts("channels"),
                variables,
                yaml.text("description"));
    }

    private static Variable variable(String name, YamlNode node) {
        node.only("type", "required", "example", "description");
        if (!name.matches("[a-zA-Z][a-zA-Z0-9]*") || name.equals("customer")) {
            throw node.broken("a variable's name is letters and digits, and not 'customer'");
        }
        Kind kind = kind(node);
        Object example = node.child("example").plain();
        if (example == null || PlainValue.of(kind, example) instanceof PlainValue.Unfit) {
            throw node.child("example").broken("does not fit the type " + node.text("type"));
        }
        return new Variable(kind, node.flag("required"), example, node.text("description"));
    }

    private static Kind kind(YamlNode node) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(node.text("type"))) {
                return kind;
            }
        }
        throw node.child("type").broken("must be one of string, number, integer, boolean, list, timestamp");
    }

    /** A file that no channel reads is most often a misspelt one. */
    private static void refuseStray(NotificationType type, String file) {
        boolean known = type.channels().stream()
                .anyMatch(channel -> Set.of(channel + ".subject.txt", channel + ".txt", channel + ".html").contains(file));
        if (!known) {
            throw new IllegalStateException(
                    "notifications/" + type.name() + "/" + file + " belongs to none of the channels " + type.channels());
        }
    }

    private static ChannelTemplates channel(NotificationType type, String channel, Map<String, Piece> pieces) {
        @Nullable Piece subject = pieces.get(channel + ".subject.txt");
        @Nullable Piece text = pieces.get(channel + ".txt");
        if (text == null) {
            throw missing(type, channel + ".txt");
        }
        if (subject == null && channel.equals("email")) {
            throw missing(type, channel + ".subject.txt");
        }
        return new ChannelTemplates(subject, text, pieces.get(channel + ".html"));
    }

    private static IllegalStateException missing(NotificationType type, String file) {
        return new IllegalStateException("notifications/" + type.name() + "/" + file + " is missing in index.txt");
    }

    /** Renders everything with all variables, with the required ones only, and with each optional one alone beside those. */
    private void proveOnExamples() {
        for (Map<String, Object> context : exampleContexts()) {
            Map<String, Object> values = Binding.of(type, context).values();
            for (ChannelTemplates templates : channels.values()) {
                try {
                    templates.render(values, EXAMPLE_CUSTOMER);
                } catch (Piece.Unrendered e) {
                    throw new IllegalStateException(
                            e.getMessage() + " (" + type.name() + " rendered with its examples for " + context.keySet() + ")", e);
                }
            }
        }
    }

    private List<Map<String, Object>> exampleContexts() {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Object> required = new LinkedHashMap<>();
        type.variables().forEach((name, variable) -> {
            Object example = variable.example();
            if (example != null) {
                all.put(name, example);
                if (variable.required()) {
                    required.put(name, example);
                }
            }
        });
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
