package dev.carillon.notification.template;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One type's templates for one channel, in every language it has. */
final class Translations {

    private final Found own;
    private final SortedMap<String, Found> others = new TreeMap<>();

    /** @param others language tag to templates */
    Translations(Locale own, ChannelTemplates words, Map<String, ChannelTemplates> others) {
        this.own = new Found(words, own);
        others.forEach((tag, templates) -> this.others.put(tag, new Found(templates, Locale.forLanguageTag(tag))));
    }

    /** Templates, and their language. */
    record Found(ChannelTemplates words, Locale locale) {}

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
