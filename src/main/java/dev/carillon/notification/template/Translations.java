package dev.carillon.notification.template;

import dev.carillon.notification.template.Rendered.Edition;
import dev.carillon.notification.template.Rendered.RenderedText;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One type's templates for one channel, in every language it has. */
final class Translations {

    private final Found own;
    private final SortedMap<String, Found> others = new TreeMap<>();

    /**
     * The template files of one type for one channel in one language. A channel without a subject, such as SMS, has one
     * line.
     */
    record ChannelTemplates(
            @Nullable TemplateFile subject,
            TemplateFile text,
            @Nullable TemplateFile html) {

        /**
         * Throws {@link TemplateFile.Unrendered} if one of the files fails: half a message is none.
         *
         * @param style how amounts and times are written
         */
        RenderedText render(Map<String, Object> values, Map<String, ?> customer, TextStyle style, Edition edition) {
            String body = text.render(values, customer, style);
            return new RenderedText(
                    subject == null ? null : OneLineValue.of(subject.render(values, customer, style)),
                    subject == null ? OneLineValue.of(body) : OneLineValue.orMany(body),
                    html == null ? null : OneLineValue.orMany(html.render(values, customer, style)),
                    edition);
        }
    }

    /** @param others language tag to templates */
    Translations(Locale own, ChannelTemplates templates, Map<String, ChannelTemplates> others) {
        this.own = new Found(templates, own);
        others.forEach((tag, other) -> this.others.put(tag, new Found(other, Locale.forLanguageTag(tag))));
    }

    /** Templates, and their language. */
    record Found(ChannelTemplates templates, Locale locale) {}

    /**
     * For {@code de-AT}: its own templates, else those of its nearest parent that has some, else those of the type's
     * own language.
     */
    Found in(Locale wanted) {
        if (!others.isEmpty() && !wanted.equals(own.locale())) {
            for (String tag : LocaleTag.withParents(wanted.toLanguageTag())) {
                Found found = others.get(tag);
                if (found != null) {
                    return found;
                }
                if (tag.equals(own.locale().toLanguageTag())) {
                    break; // what the type is written in is nearer than its parent
                }
            }
        }
        return own;
    }

    /** Beside the one the type is written in. */
    Set<String> others() {
        return Collections.unmodifiableSet(others.keySet());
    }
}
