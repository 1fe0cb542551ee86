package dev.carillon.notification;

import dev.carillon.notification.throttle.CountedSend;
import dev.carillon.notification.throttle.Throttle;
import dev.carillon.notification.throttle.ThrottlePolicy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a backtest would have sent under throttles and caps, and what else was sent under the same caps. Not
 * thread-safe.
 */
final class BacktestSends {

    private final Map<String, Deque<CountedSend>> sends = new HashMap<>();
    private final Map<String, Deque<SentElsewhere>> elsewhere = new HashMap<>();

    /** What was sent outside the backtest and counts against the caps. */
    record SentElsewhere(Instant at, String notificationId) {}

    boolean knowsElsewhere(String tenant, Throttle cap) {
        return elsewhere.containsKey(key(tenant, cap.key()));
    }

    /** @param sent in the order of its times */
    void elsewhere(String tenant, Throttle cap, List<SentElsewhere> sent) {
        elsewhere.put(key(tenant, cap.key()), new ArrayDeque<>(sent));
    }

    /** Time has come to {@code now}: what was sent elsewhere by then counts. */
    void pass(String tenant, Throttle cap, Instant now, ZoneId zone) {
        var sent = elsewhere.getOrDefault(key(tenant, cap.key()), new ArrayDeque<>());
        while (!sent.isEmpty() && !sent.peek().at().isAfter(now)) {
            var one = sent.remove();
            var verdict = ThrottlePolicy.judge(cap, under(tenant, cap), one.at(), zone);
            add(new CountedSend(
                    tenant, cap.key(), one.at(), verdict.windowStart(), verdict.until(), one.notificationId()));
        }
    }

    List<CountedSend> under(String tenant, Throttle throttle) {
        return new ArrayList<>(sends.getOrDefault(key(tenant, throttle.key()), new ArrayDeque<>()));
    }

    /** Drops what cannot count any more, as the live service does. */
    void add(CountedSend send) {
        var ofKey = sends.computeIfAbsent(key(send.tenant(), send.key()), key -> new ArrayDeque<>());
        ofKey.addLast(send);
        while (ofKey.size() > Throttle.MOST || ofKey.element().until().isBefore(send.at())) {
            ofKey.removeFirst();
        }
    }

    private static String key(String tenant, String key) {
        return tenant + '\n' + key;
    }
}
