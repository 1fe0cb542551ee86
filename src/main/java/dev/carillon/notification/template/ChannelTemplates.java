package dev.carillon.notification.template;

import dev.carillon.notification.template.Rendered.Edition;
import dev.carillon.notification.template.Rendered.RenderedText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The template files of one type for one channel in one language. A channel without a subject, such as SMS, has one
 * line.
 */
record ChannelTemplates(
        @Nullable Piece subject, Piece text, @Nullable Piece html) {

    /**
     * Throws {@link Piece.Unrendered} if one of the pieces fails: half a message is none.
     *
     * @param customs how amounts and times are written
     */
    RenderedText render(Map<String, Object> values, Map<String, ?> customer, Customs customs, Edition edition) {
        String body = text.render(values, customer, customs);
        return new RenderedText(
                subject == null ? null : OneLineValue.of(subject.render(values, customer, customs)),
                subject == null ? OneLineValue.of(body) : OneLineValue.orMany(body),
                html == null ? null : OneLineValue.orMany(html.render(values, customer, customs)),
                edition);
    }
}
