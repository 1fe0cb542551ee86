package dev.carillon.notification.size;

import dev.carillon.delivery.Channels;
import dev.carillon.delivery.SizeLimit;
import dev.carillon.delivery.SizeLimit.Message;
import dev.carillon.notification.size.Fit.Carried;
import dev.carillon.notification.size.Fit.Oversized;
import dev.carillon.notification.template.NotificationType;
import dev.carillon.notification.template.Rendered.Content;
import dev.carillon.notification.template.TooLong;

/**
 * Makes words fit what their channel carries, as their type has it: cut with an ellipsis, or refused with the channel and its limit.
 * What is accepted can be sent. Pure.
 */
public final class Sizes {

    private final Channels channels;

    public Sizes(Channels channels) {
        this.channels = channels;
    }

    /** @param recipient the address, which some channels send along with the words */
    public Fit fit(NotificationType type, String channel, String recipient, Content content) {
        Content fitting = content;
        for (SizeLimit limit : channels.sizeLimits(channel)) {
            Message message = message(recipient, fitting);
            if (limit.fits(message)) {
                continue;
            }
            var shorter = type.tooLong(channel) == TooLong.REFUSE ? null : Shortening.of(message, limit);
            if (shorter == null) {
                return new Oversized(channel + " carries at most " + limit.most() + " " + limit.unit() + ", and this has " + limit.size().applyAsInt(message));
            }
            fitting = with(fitting, limit.part(), shorter);
        }
        return new Carried(fitting, fitting != content);
    }

    private static Message message(String recipient, Content content) {
        return new Message(recipient, content.subject() == null ? "" : content.subject(), content.text());
    }

    private static Content with(Content content, SizeLimit.Part part, String shorter) {
        return part == SizeLimit.Part.SUBJECT ? new Content(shorter, content.text(), content.html(), content.edition())
                : new Content(content.subject(), shorter, content.html(), content.edition());
    }
}
