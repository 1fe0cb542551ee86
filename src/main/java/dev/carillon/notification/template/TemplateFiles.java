package dev.carillon.notification.template;

import dev.carillon.notification.template.TemplateFileName.NamePart;
import dev.carillon.notification.template.Translations.ChannelTemplates;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sorts the parsed files of one type by channel and language, and checks that none is missing. */
final class TemplateFiles {

    private final NotificationType type;
    private final Map<TemplateFileName, TemplateFile> byName = new HashMap<>();

    TemplateFiles(NotificationType type, TypeText text, TypeReader reader) {
        this.type = type;
        text.files().forEach((file, content) -> {
            if (!file.equals(TypeText.TYPE_FILE)) {
                TemplateFileName name = known(file);
                if (byName.containsKey(name)) {
                    throw broken(file, "is what " + byName.get(name).file() + " is");
                }
                byName.put(
                        name,
                        reader.engine(name.locale() == null ? type.locale().toLanguageTag() : name.locale())
                                .parse(type.name() + "/" + file, content));
            }
        });
    }

    Map<String, Translations> channels() {
        Map<String, Translations> channels = new LinkedHashMap<>();
        for (String channel : type.channels()) {
            ChannelTemplates own = message(channel, null);
            Map<String, ChannelTemplates> others = new LinkedHashMap<>();
            locales(channel).forEach(tag -> others.put(tag, translated(own, message(channel, tag), channel, tag)));
            channels.put(channel, new Translations(type.locale(), own, others));
        }
        return channels;
    }

    /** A file that no channel reads is most often a misspelt one. */
    private TemplateFileName known(String file) {
        TemplateFileName name = TemplateFileName.parse(file)
                .filter(one -> type.channels().contains(one.channel()))
                .orElseThrow(() -> broken(file, "belongs to none of the channels " + type.channels()));
        if (name.locale() != null && name.locale().equals(type.locale().toLanguageTag())) {
            throw broken(file, "is what " + name.in(null).file() + " is: the type is written in " + name.locale());
        }
        return name;
    }

    private Set<String> locales(String channel) {
        return byName.keySet().stream()
                .filter(name -> name.channel().equals(channel))
                .map(TemplateFileName::locale)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private ChannelTemplates message(String channel, @Nullable String locale) {
        @Nullable TemplateFile subject = find(new TemplateFileName(channel, NamePart.SUBJECT, locale));
        @Nullable TemplateFile text = find(new TemplateFileName(channel, NamePart.TEXT, locale));
        if (text == null) {
            throw missing(new TemplateFileName(channel, NamePart.TEXT, locale));
        }
        if (subject == null && channel.equals("email")) {
            throw missing(new TemplateFileName(channel, NamePart.SUBJECT, locale));
        }
        return new ChannelTemplates(subject, text, find(new TemplateFileName(channel, NamePart.HTML, locale)));
    }

    /** What {@code de-AT} does not define it takes from {@code de}. Nothing is taken from other languages. */
    private @Nullable TemplateFile find(TemplateFileName name) {
        if (name.locale() == null) {
            return byName.get(name);
        }
        for (String tag : LocaleTag.withKin(name.locale())) {
            TemplateFile found = byName.get(name.in(tag.equals(type.locale().toLanguageTag()) ? null : tag));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Half in one language and half in another is no message. */
    private ChannelTemplates translated(ChannelTemplates own, ChannelTemplates other, String channel, String locale) {
        if (own.subject() != null && other.subject() == null) {
            throw missing(new TemplateFileName(channel, NamePart.SUBJECT, locale));
        }
        if (own.html() != null && other.html() == null) {
            throw missing(new TemplateFileName(channel, NamePart.HTML, locale));
        }
        return other;
    }

    private InvalidTemplateException missing(TemplateFileName name) {
        return broken(name.file(), "is missing");
    }

    private InvalidTemplateException broken(String file, String why) {
        return InvalidTemplateException.of(type.name() + "/" + file, why);
    }
}
