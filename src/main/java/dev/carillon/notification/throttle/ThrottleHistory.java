package dev.carillon.notification.throttle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Recent sends under some throttles. New sends are added, so the next decision sees them. Not thread-safe. */
public final class ThrottleHistory {

    private record ThrottleKey(String tenant, String key) {}

    private final Map<ThrottleKey, List<CountedSend>> sends = new HashMap<>();
    private final List<CountedSend> added = new ArrayList<>();

    public ThrottleHistory(Collection<CountedSend> recent) {
        recent.forEach(this::keep);
    }

    public List<CountedSend> of(String tenant, Throttle throttle) {
        return sends.getOrDefault(new ThrottleKey(tenant, throttle.key()), List.of());
    }

    public void add(CountedSend send) {
        keep(send);
        added.add(send);
    }

    /** The sends added since it was loaded. */
    public List<CountedSend> added() {
        return added;
    }

    private void keep(CountedSend send) {
        sends.computeIfAbsent(new ThrottleKey(send.tenant(), send.key()), key -> new ArrayList<>())
                .add(send);
    }
}
