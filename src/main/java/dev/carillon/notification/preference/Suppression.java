package dev.carillon.notification.preference;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.delivery.Block;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.Locale;

/** Nothing goes to this address any more, be it mandatory. */
@RegisterForReflection
public record Suppression(String channel, String address, Cause cause, Instant since) {

    /** Why nothing goes there. */
    @Schema(name = "SuppressionCause", description = "Why nothing goes to an address any more.")
    @RegisterForReflection
    public enum Cause {
        /** Nobody is there. */
        BOUNCE,
        /** They called a message spam. */
        COMPLAINT,
        /** They asked us to stop. */
        STOP,
        /** Somebody of ours said so. */
        MANUAL;

        /** The cause of what a provider says of an address. */
        public static Cause of(Block block) {
            return switch (block) {
                case BOUNCE -> BOUNCE;
                case COMPLAINT -> COMPLAINT;
                case STOP -> STOP;
            };
        }

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An address as it is compared: letters of ASCII are small in mail, phone numbers are without the marks people group digits by.
     * {@code PgRecipients} does the same in SQL.
     */
    public static String comparable(String channel, String address) {
        return switch (channel) {
            case "email" -> address.codePoints().map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            case "sms" -> address.codePoints().filter(c -> " ().-/".indexOf(c) < 0)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            default -> address;
        };
    }

    /** Whether it is about this address on this channel. */
    public boolean concerns(String channel, String address) {
        return this.channel.equals(channel) && this.address.equals(comparable(channel, address));
    }

    /** The address is personal. */
    @Override
    public String toString() {
        return "Suppression[" + channel + " " + cause.wire() + " " + since + "]";
    }
}
