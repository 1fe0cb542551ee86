package dev.carillon.eventsourced.backtest;

import dev.carillon.eventsourced.backtest.BacktestReport.BacktestCount;
import dev.carillon.eventsourced.backtest.BacktestReport.Sample;
import dev.carillon.notification.decision.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was sent with what would be: added, removed, moved in time, or with another text. Messages are paired
 * by event, rule and customer; only those without a partner so far are kept. Not thread-safe.
 */
final class Difference {

    /** The most characters in the texts of all samples. */
    static final int MOST_CHARACTERS = 400_000;

    /** The most messages that wait for a partner on each side; beyond it the oldest counts as unpaired. */
    static final int MOST_WAITING = 100_000;

    private record MessageKey(
            long event, String ruleId, @Nullable String customerId) {

        static MessageKey of(BacktestDecision decision) {
            return new MessageKey(decision.event().position(), decision.ruleId(), decision.customerId());
        }
    }

    private final Side then = new Side(was -> Sample.of(was, null));
    private final Side now = new Side(is -> Sample.of(null, is));
    private final Map<Reason, int[]> reasons = new TreeMap<>();
    private final List<Sample> moved = new ArrayList<>();
    private final List<Sample> reworded = new ArrayList<>();
    private final int samples;
    private int room = MOST_CHARACTERS;
    private int movedCount;
    private int rewordedCount;
    private int sentThen;
    private int sentNow;

    Difference(int samples) {
        this.samples = samples;
    }

    void add(List<BacktestDecision> decidedThen, List<BacktestDecision> decidedNow) {
        decidedThen.forEach(one -> sentThen += count(one, 0));
        decidedNow.forEach(one -> sentNow += count(one, 1));
        decidedThen.stream()
                .filter(BacktestDecision::sent)
                .forEach(one -> pair(new BacktestMessage(one), now, then, true));
        decidedNow.stream()
                .filter(BacktestDecision::sent)
                .forEach(one -> pair(new BacktestMessage(one), then, now, false));
        then.settle();
        now.settle();
    }

    BacktestReport report() {
        var counts = new LinkedHashMap<String, BacktestCount>();
        reasons.forEach((reason, count) -> counts.put(reason.name(), new BacktestCount(count[0], count[1])));
        var added = now.some();
        var removed = then.some();
        var lacking =
                Stream.of(added, removed, moved, reworded).flatMap(List::stream).anyMatch(Sample::lacksWords);
        return new BacktestReport(
                now.count() == 0 && then.count() == 0 && movedCount == 0 && rewordedCount == 0,
                new BacktestCount(sentThen, sentNow),
                now.count(),
                then.count(),
                movedCount,
                rewordedCount,
                counts,
                new BacktestReport.Samples(
                        added,
                        removed,
                        List.copyOf(moved),
                        List.copyOf(reworded),
                        lacking
                                ? "the texts of some samples are left out: together they may have " + MOST_CHARACTERS
                                        + " characters"
                                : null),
                List.of());
    }

    private int count(BacktestDecision one, int side) {
        if (one.reason() != null) {
            reasons.computeIfAbsent(one.reason(), reason -> new int[2])[side]++;
        }
        return one.sent() ? 1 : 0;
    }

    private void pair(BacktestMessage one, Side others, Side own, boolean isThen) {
        var partner = others.takePartnerOf(one);
        if (partner == null) {
            own.waits(one);
        } else {
            compare(isThen ? one : partner, isThen ? partner : one);
        }
    }

    private void compare(BacktestMessage was, BacktestMessage is) {
        if (!was.comesWith(is)) {
            movedCount++;
            sample(moved, was, is);
        }
        if (!was.saysTheSame(is)) {
            rewordedCount++;
            sample(reworded, was, is);
        }
    }

    private void sample(List<Sample> kept, BacktestMessage was, BacktestMessage is) {
        if (kept.size() < samples) {
            keepWords(was);
            keepWords(is);
            kept.add(Sample.of(was, is));
        }
    }

    private void keepWords(BacktestMessage message) {
        if (message.characters() > room) {
            message.forgetWords();
        }
        room -= message.characters();
    }

    /** The unpaired messages of one side. */
    private final class Side {

        private final Function<BacktestMessage, Sample> shown;
        private final Map<MessageKey, Deque<BacktestMessage>> waiting = new LinkedHashMap<>();
        private final List<BacktestMessage> fresh = new ArrayList<>();
        private final List<Sample> alone = new ArrayList<>();
        private int waitingCount;
        private int aloneCount;

        private Side(Function<BacktestMessage, Sample> shown) {
            this.shown = shown;
        }

        int count() {
            return waitingCount + aloneCount;
        }

        void waits(BacktestMessage message) {
            waiting.computeIfAbsent(MessageKey.of(message.decision()), key -> new ArrayDeque<>())
                    .add(message);
            waitingCount++;
            fresh.add(message);
        }

        @Nullable
        BacktestMessage takePartnerOf(BacktestMessage message) {
            var key = MessageKey.of(message.decision());
            var found = waiting.get(key);
            return found == null ? null : taken(key, found);
        }

        /** Most find their partner at once. The texts of the others are kept only as samples. */
        void settle() {
            fresh.stream().filter(message -> !message.isTaken()).forEach(message -> {
                if (samples == 0) {
                    message.forgetWords();
                }
                keepWords(message);
                message.settled();
            });
            fresh.clear();
            while (waitingCount > MOST_WAITING) {
                var longest = waiting.entrySet().iterator().next();
                var message = taken(longest.getKey(), longest.getValue());
                aloneCount++;
                if (alone.size() < samples) {
                    keepWords(message);
                    alone.add(shown.apply(message));
                }
            }
        }

        List<Sample> some() {
            return Stream.concat(
                            alone.stream(),
                            waiting.values().stream().flatMap(Deque::stream).map(shown))
                    .limit(samples)
                    .toList();
        }

        private BacktestMessage taken(MessageKey key, Deque<BacktestMessage> those) {
            var message = those.remove();
            if (those.isEmpty()) {
                waiting.remove(key);
            }
            waitingCount--;
            room += message.take();
            return message;
        }
    }
}
