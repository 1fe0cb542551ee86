package dev.carillon.notification.template;

import dev.carillon.notification.template.NotificationType.TemplateVariable;
import dev.carillon.notification.template.NotificationType.TooLong;
import dev.carillon.platform.value.Kind;
import dev.carillon.platform.value.PlainValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a {@code type.yaml}. */
final class TypeFile {

    /** The most variables. Each optional one is tested on its own, which takes time. */
    static final int MAX_VARIABLES = 60;

    private TypeFile() {}

    static NotificationType read(TypeText text) {
        String content = text.files().get(TypeText.TYPE_FILE);
        String path = text.type() + "/" + TypeText.TYPE_FILE;
        if (content == null) {
            throw InvalidTemplateException.of(path, "is missing");
        }
        TypeYaml yaml = TypeYaml.read(path, content);
        yaml.only("description", "category", "channels", "mandatory", "locale", "too-long", "variables");
        Map<String, TemplateVariable> variables = new LinkedHashMap<>();
        yaml.child("variables")
                .children()
                .forEach((variable, node) -> variables.put(variable, variable(variable, node)));
        if (variables.size() > MAX_VARIABLES) {
            throw yaml.child("variables").broken("must not be more than " + MAX_VARIABLES);
        }
        return new NotificationType(
                text.type(),
                yaml.text("category"),
                yaml.has("mandatory") && yaml.flag("mandatory"),
                yaml.texts("channels"),
                variables,
                yaml.text("description"),
                yaml.has("locale") ? locale(yaml) : Locale.ENGLISH,
                yaml.has("too-long") ? tooLong(yaml, yaml.texts("channels")) : Map.of());
    }

    private static Locale locale(TypeYaml yaml) {
        String tag = yaml.text("locale");
        return LocaleTag.read(tag).orElseThrow(() -> yaml.child("locale").broken(LocaleTag.IN_WORDS));
    }

    /** One value for all channels, or one for each named channel. */
    private static Map<String, TooLong> tooLong(TypeYaml yaml, List<String> channels) {
        TypeYaml said = yaml.child("too-long");
        Map<String, TooLong> byChannel = new LinkedHashMap<>();
        if (said.value().isTextual()) {
            channels.forEach(channel -> byChannel.put(channel, tooLong(said)));
            return byChannel;
        }
        said.only(channels.toArray(String[]::new));
        said.children().forEach((channel, node) -> byChannel.put(channel, tooLong(node)));
        return byChannel;
    }

    private static TooLong tooLong(TypeYaml node) {
        for (TooLong one : TooLong.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(node.value().textValue())) {
                return one;
            }
        }
        throw node.broken("must be cut or refuse");
    }

    private static TemplateVariable variable(String name, TypeYaml node) {
        node.only("type", "required", "example", "description");
        if (!name.matches("[a-zA-Z][a-zA-Z0-9]*") || name.equals("customer")) {
            throw node.broken("a variable's name is letters and digits, and not 'customer'");
        }
        Kind kind = kind(node);
        Object example = node.child("example").plain();
        if (example == null || PlainValue.of(kind, example) instanceof PlainValue.Unfit) {
            throw node.child("example").broken("does not fit the type " + node.text("type"));
        }
        return new TemplateVariable(kind, node.flag("required"), example, node.text("description"));
    }

    private static Kind kind(TypeYaml node) {
        return Kind.of(node.text("type"))
                .orElseThrow(() -> node.child("type").broken("must be one of " + Kind.words()));
    }
}
