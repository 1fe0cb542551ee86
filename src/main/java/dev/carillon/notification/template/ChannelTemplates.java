package dev.carillon.notification.template;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.carillon.notification.template.Rendered.Content;
import dev.carillon.notification.template.Rendered.Edition;

/** The pieces of one type for one channel in one language. A channel without a subject, such as SMS, says everything in one line. */
record ChannelTemplates(@Nullable Piece subject, Piece text, @Nullable Piece html) {

    /**
     * Throws {@link Piece.Unrendered} if one of the pieces fails: half a message is none.
     *
     * @param customs how amounts and times are written
     */
    Content render(Map<String, Object> values, Map<String, ?> customer, Customs customs, Edition edition) {
        String body = text.render(values, customer, customs);
        return new Content(
                subject == null ? null : OneLine.of(subject.render(values, customer, customs)),
                subject == null ? OneLine.of(body) : OneLine.orMany(body),
                html == null ? null : OneLine.orMany(html.render(values, customer, customs)),
                edition);
    }
}
