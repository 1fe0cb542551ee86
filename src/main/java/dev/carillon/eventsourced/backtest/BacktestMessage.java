package dev.carillon.eventsourced.backtest;

import dev.carillon.notification.BacktestReceipt.Words;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One message of one side of the comparison. Its text is kept only while there is room; texts can be compared without
 * it.
 */
final class BacktestMessage {

    private final BacktestDecision decision;
    private final String fingerprint;
    private @Nullable Map<String, Words> words;
    private boolean settled;
    private boolean taken;

    BacktestMessage(BacktestDecision decision) {
        this.decision = decision.withoutTexts();
        this.words = decision.texts();
        this.fingerprint = fingerprint(decision.texts());
    }

    BacktestDecision decision() {
        return decision;
    }

    /** Null when there was no room for them. */
    @Nullable
    Map<String, Words> words() {
        return words;
    }

    void forgetWords() {
        words = null;
    }

    /** From now on its text is counted. */
    void settled() {
        settled = true;
    }

    boolean isTaken() {
        return taken;
    }

    /** It waits no more; answers how many of its characters were counted. */
    int take() {
        taken = true;
        return settled ? characters() : 0;
    }

    boolean saysTheSame(BacktestMessage other) {
        return fingerprint.equals(other.fingerprint);
    }

    boolean comesWith(BacktestMessage other) {
        return decision.judgedAt().equals(other.decision.judgedAt())
                && decision.sentAt().equals(other.decision.sentAt());
    }

    int characters() {
        return words == null
                ? 0
                : words.values().stream()
                        .mapToInt(one ->
                                Objects.requireNonNullElse(one.subject(), "").length()
                                        + one.text().length())
                        .sum();
    }

    private static String fingerprint(Map<String, Words> words) {
        return Words.digest(new TreeMap<>(words).toString());
    }
}
