package dev.carillon.notification.template;

import dev.carillon.platform.value.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification type, as its folder under {@code notifications/} defines it.
 *
 * @param name the folder's name, such as {@code ORDER_SHIPPED}
 * @param category the name of a {@link Category}
 * @param mandatory whether it is sent whatever the customer prefers
 * @param channels the channels it has templates for, in order of preference
 * @param variables what its templates may use, by name, in the order of the file; {@code customer} comes on top
 * @param locale the language of the files that name none
 * @param tooLong what becomes of a message its channel cannot carry, by channel; what is not named is cut
 */
public record NotificationType(
        String name,
        String category,
        boolean mandatory,
        List<String> channels,
        Map<String, TemplateVariable> variables,
        String description,
        Locale locale,
        Map<String, TooLong> tooLong) {

    /** What happens to a message that is too long for its channel. */
    public enum TooLong {
        /** It goes, shortened, and ends in an ellipsis. */
        CUT,
        /** It is not sent, and an API caller gets an error. */
        REFUSE
    }

    /**
     * One value that a template uses.
     *
     * @param required whether there is no message without it; a blank string counts as none
     * @param example a value of the right kind; every template is rendered with it at start
     */
    public record TemplateVariable(
            Kind kind, boolean required, @Nullable Object example, String description) {}

    public NotificationType {
        channels = List.copyOf(channels);
        tooLong = Map.copyOf(tooLong);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    public TooLong tooLong(String channel) {
        return tooLong.getOrDefault(channel, TooLong.CUT);
    }
}
