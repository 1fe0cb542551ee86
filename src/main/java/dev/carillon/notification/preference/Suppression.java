package dev.carillon.notification.preference;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.delivery.Block;
import dev.carillon.platform.value.EmailAddress;
import dev.carillon.platform.value.PhoneNumber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A suppressed address: nothing is sent to it, not even mandatory messages. */
@RegisterForReflection
public record Suppression(String channel, String address, Cause cause, Instant since) {

    /** Why the address is suppressed. */
    @Schema(name = "SuppressionCause", description = "Why an address gets no messages any more.")
    @RegisterForReflection
    public enum Cause {
        /** The address does not exist. */
        BOUNCE,
        /** They called a message spam. */
        COMPLAINT,
        /** They asked us to stop. */
        STOP,
        /** An operator set it. */
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
     * An address as it is compared: mail in small letters, phone numbers in their one form. {@code PgRecipients} does the same in SQL with
     * what is kept of customers, which is in its one form already.
     */
    public static String comparable(String channel, String address) {
        return switch (channel) {
            case "email" -> EmailAddress.comparable(address);
            case "sms" -> PhoneNumber.comparable(address);
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
