package dev.carillon.notification.size;

import dev.carillon.delivery.Channels;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.delivery.SizeLimit.SizedMessage;
import dev.carillon.notification.size.SizeResult.Carried;
import dev.carillon.notification.size.SizeResult.Oversized;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.NotificationType.TooLong;
import dev.carillon.notification.template.Rendered.RenderedText;

/**
 * Makes a text fit its channel as its type says: cut with an ellipsis, or refused with the channel and its limit.
 * Whatever is accepted can be sent. Pure.
 */
public final class Sizes {

    private final Channels channels;

    public Sizes(Channels channels) {
        this.channels = channels;
    }

    /** @param recipient the address, which some channels send along with the text */
    public SizeResult fit(NotificationType type, String channel, String recipient, RenderedText content) {
        RenderedText fitting = content;
        for (SizeLimit limit : channels.sizeLimits(channel)) {
            SizedMessage message = message(recipient, fitting);
            if (limit.fits(message)) {
                continue;
            }
            var shorter = type.tooLong(channel) == TooLong.REFUSE ? null : Shortening.of(message, limit);
            if (shorter == null) {
                return new Oversized(channel + " carries at most " + limit.most() + " " + limit.unit()
                        + ", and this has " + limit.size().applyAsInt(message));
            }
            fitting = with(fitting, limit.part(), shorter);
        }
        return new Carried(fitting, fitting != content);
    }

    private static SizedMessage message(String recipient, RenderedText content) {
        return new SizedMessage(recipient, content.subject() == null ? "" : content.subject(), content.text());
    }

    private static RenderedText with(RenderedText content, SizeLimit.Part part, String shorter) {
        return part == SizeLimit.Part.SUBJECT
                ? new RenderedText(shorter, content.text(), content.html(), content.edition())
                : new RenderedText(content.subject(), shorter, content.html(), content.edition());
    }
}
