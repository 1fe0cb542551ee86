package dev.carillon.delivery.outbox;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.FailureKind;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Waits;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of one attempt, ready to be recorded.
 *
 * @param outcome {@code sent}, {@code retry}, {@code dead} or {@code expired}
 * @param nextAt  when it is tried again, with {@code retry}
 * @param nextProvider who tries it then; null for the channel's first choice
 * @param waits   who has asked it to wait, this one among them
 * @param block   why nothing more should go to the address, where the provider has said so
 */
public record Attempt(
        LeasedDelivery leased,
        String provider,
        AttemptOutcome outcome,
        @Nullable String failure,
        @Nullable String detail,
        @Nullable String providerMessageId,
        @Nullable Instant nextAt,
        @Nullable String nextProvider,
        Waits waits,
        @Nullable Block block) {

    private static final int LONGEST = 500;

    /**
     * Cleans the provider's texts: no control characters, which no table takes and no log shows, and limited length.
     */
    public Attempt {
        detail = plain(detail);
        providerMessageId = plain(providerMessageId);
    }

    public static Attempt sent(LeasedDelivery leased, String provider, String providerMessageId) {
        return sent(leased, provider, providerMessageId, null);
    }

    /** @param detail the provider's answer as a code; null where nobody wants to know it */
    public static Attempt sent(
            LeasedDelivery leased, String provider, String providerMessageId, @Nullable String detail) {
        return new Attempt(
                leased, provider, AttemptOutcome.SENT, null, detail, providerMessageId, null, null, Waits.NONE, null);
    }

    /** The last one, without success. */
    public static Attempt ended(
            LeasedDelivery leased,
            String provider,
            AttemptOutcome outcome,
            FailureKind failure,
            String detail,
            @Nullable Block block) {
        return new Attempt(leased, provider, outcome, failure.name(), detail, null, null, null, Waits.NONE, block);
    }

    public static Attempt retry(
            LeasedDelivery leased,
            String provider,
            FailureKind failure,
            String detail,
            Instant nextAt,
            @Nullable String nextProvider,
            Waits waits) {
        return new Attempt(
                leased,
                provider,
                AttemptOutcome.RETRY,
                failure.name(),
                detail,
                null,
                nextAt,
                nextProvider,
                waits,
                null);
    }

    private static @Nullable String plain(@Nullable String said) {
        if (said == null || isPlain(said)) {
            return said;
        }
        var plain = said.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return plain.toString();
    }

    private static boolean isPlain(String said) {
        for (int i = 0; i < said.length(); i++) {
            if (Character.isISOControl(said.charAt(i))) {
                return false;
            }
        }
        return said.length() <= LONGEST;
    }

    /** The delivery's status after an attempt. */
    public enum AttemptOutcome {
        SENT,
        RETRY,
        DEAD,
        EXPIRED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
