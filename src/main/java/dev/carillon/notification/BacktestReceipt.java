package dev.carillon.notification;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.notification.decision.Reason;
import dev.carillon.platform.value.Sha256;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What would have become of a command.
 *
 * @param reason why nothing would have been sent; null if it would
 * @param until  the time of sending, if it is held until then
 * @param words  channel → the text that would have been sent
 */
public record BacktestReceipt(
        NotificationCommand command,
        @Nullable Reason reason,
        @Nullable Instant until,
        Map<String, Words> words) {

    /**
     * The text for one channel, or its beginning where it is long. There is a subject only where the channel has one.
     *
     * @param cut    says so where it is only the beginning
     * @param digest of all that is said, where only the beginning is here: two that differ later are not equal
     */
    @RegisterForReflection
    public record Words(
            @Nullable String subject,
            String text,

            @Schema(
                    description = "Where it is too long to be shown: says that it is cut, and how long it is",
                    examples = "the beginning of 180360 characters")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String cut,

            @JsonIgnore @Nullable String digest) {

        /** In characters, of the subject and of the text. */
        public static final int SHOWN = 2_000;

        public static Words of(@Nullable String subject, String text) {
            var length = length(subject) + length(text);
            return length(text) <= SHOWN && length(subject) <= SHOWN
                    ? new Words(subject, text, null, null)
                    : beginning(
                            subject == null ? null : cut(subject),
                            cut(text),
                            length,
                            digest((subject == null ? "" : subject) + "\n" + text));
        }

        /**
         * @param length of all of it
         * @param digest SHA-256, as hexadecimal digits, of the subject, a line break and the text
         */
        public static Words beginning(@Nullable String subject, String text, int length, String digest) {
            return new Words(subject, text, "the beginning of " + length + " characters", digest);
        }

        private static int length(@Nullable String text) {
            return text == null ? 0 : text.codePointCount(0, text.length());
        }

        private static String cut(String text) {
            return length(text) <= SHOWN ? text : text.substring(0, text.offsetByCodePoints(0, SHOWN));
        }

        /** SHA-256, as hexadecimal digits. */
        public static String digest(String text) {
            return Sha256.hex(text);
        }
    }
}
