package dev.carillon.delivery.sms;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How an SMS is counted and paid for: in segments of 160 characters of the GSM 03.38 alphabet, or of 70 characters of
 * any other (UCS-2). In a message of several segments each has a header and holds 153 or 67. Characters that
 * belong together are never split over two segments.
 *
 * @param encoding   {@code GSM-7} or {@code UCS-2}
 * @param characters as they are counted: some of the alphabet take two places, and so do most emoji
 */
@RegisterForReflection
@Schema(name = "SmsSize", description = "How a text message is counted: by its alphabet, in segments.")
public record SmsSize(
        @Schema(
                description = "GSM-7, or UCS-2 as soon as one character is not of that alphabet",
                examples = "GSM-7",
                enumeration = {"GSM-7", "UCS-2"})
        String encoding,

        @Schema(
                description =
                        "Characters as they are counted: € and brackets count twice in GSM-7, most emoji in UCS-2",
                examples = "93")
        int characters,

        @Schema(description = "How many messages the operator charges", examples = "1")
        int segments) {

    private static final String BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";
    private static final int GSM_ALONE = 160;
    private static final int GSM_OF_SEVERAL = 153;
    private static final int UCS_ALONE = 70;
    private static final int UCS_OF_SEVERAL = 67;

    public static SmsSize of(String text) {
        return isGsm(text)
                ? counted("GSM-7", text, GSM_ALONE, GSM_OF_SEVERAL)
                : counted("UCS-2", text, UCS_ALONE, UCS_OF_SEVERAL);
    }

    /** Whether it is of the alphabet of text messages, and so twice as long for the same price. */
    static boolean isGsm(String text) {
        return text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0);
    }

    private static SmsSize counted(String encoding, String text, int alone, int ofSeveral) {
        int places = 0;
        int segments = 1;
        int used = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int size = Character.charCount(text.codePointAt(at))
                    + (EXTENSION.indexOf(text.charAt(at)) >= 0 && alone == GSM_ALONE ? 1 : 0);
            places += size;
            if (used + size > ofSeveral) {
                segments++;
                used = 0;
            }
            used += size;
        }
        return new SmsSize(encoding, places, places <= alone ? 1 : segments);
    }
}
