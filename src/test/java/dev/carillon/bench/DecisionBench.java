package dev.carillon.bench;

import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What it costs to decide about an event, by the number of rules that match, with a short and a long past, with few and with
 * many timers waiting. Nothing is asserted. Run it by its name (docs/benchmarks.md):
 * {@code ./mvnw verify -Djacoco.skip -Dtest=none -Dit.test=DecisionBench}
 */
@Isolated
@Tag("packaged")
class DecisionBench {

    private static final int CUSTOMERS = Integer.getInteger("bench.customers", 20_000);
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 10_000);
    private static final int MEASURED = Integer.getInteger("bench.measured", 20_000);
    private static final int EVENTS = Integer.getInteger("bench.events", 1_000_000);
    private static final int TIMERS = Integer.getInteger("bench.timers", 1_000_000);
    private static final int PER_REQUEST = Integer.getInteger("bench.events-per-request", 1);

    /** A kind of event by how many rules match it and what they say; those of fewer are measured more often. */
    private enum Kind {
        RULES_0("no rule", 0, "", 1),
        SAY_NO_1("1 rule, says no to the customer", 1, "where: customer.segment == 'gold'", 1),
        SAY_NO_10("10 rules, all say no", 10, "where: customer.segment == 'gold'", 4),
        TELL_1("1 rule, tells", 1, "", 2),
        TELL_10("10 rules, all tell", 10, "", 4),
        AFTER_1(
                "1 rule, looks for an earlier event",
                1,
                "after: { event: bench.type-0, within: P1D, when: earlier.data.amount < 0 }",
                1),
        DELAY_1("1 rule, lets wait", 1, "delay: P10D", 1);

        private final String words;
        private final int rules;
        private final String clause;
        private final int share;

        Kind(String words, int rules, String clause, int share) {
            this.words = words;
            this.rules = rules;
            this.clause = clause;
            this.share = share;
        }

        String type() {
            return "bench." + name().toLowerCase().replace('_', '-');
        }

        String yaml() {
            return IntStream.range(0, rules)
                    .mapToObj(n -> """
                    - id: %1$s-%2$d
                      on: %1$s
                      when: event.data.amount > %2$d
                      %3$s
                      notify: { type: WELCOME_EMAIL, category: onboarding, channels: [email] }
                    """.formatted(type(), n, clause))
                    .collect(Collectors.joining());
        }
    }

    /** The request that was not made yet. */
    private int next;

    @Test
    void cost_of_a_decision() throws Exception {
        var directory = ServiceUnderLoad.newDirectory();
        try (var service = ServiceUnderLoad.start(
                directory, Map.of("CARILLON_RULES_PATH", rules(directory).toString()))) {
            var load = new BulkLoad(service, CUSTOMERS, EVENTS, TIMERS);
            load.prepare();
            load.shortPast();
            load.fewTimers();
            for (var kind : Kind.values()) {
                send(service, kind, WARM_UP); // while the JVM warms up
            }
            service.drained();
            phase(service, "%d events, %d timers".formatted(EVENTS / BulkLoad.SPREAD, TIMERS / BulkLoad.SPREAD));
            load.longPast();
            phase(service, "%d events, %d timers".formatted(EVENTS, TIMERS / BulkLoad.SPREAD));
            load.manyTimers();
            phase(service, "%d events, %d timers".formatted(EVENTS, TIMERS));
        }
    }

    private static Path rules(Path directory) throws Exception {
        var rules = Files.createDirectories(directory.resolve("rules"));
        Files.writeString(
                rules.resolve("bench.yaml"),
                List.of(Kind.values()).stream().map(Kind::yaml).collect(Collectors.joining()));
        return rules;
    }

    private void phase(ServiceUnderLoad service, String past) throws Exception {
        service.run("checkpoint");
        for (var kind : Kind.values()) {
            send(service, kind, WARM_UP / 2);
            service.drained();
            int count = MEASURED / kind.share / PER_REQUEST;
            var cost = service.costOf(next, count, requests(service, kind));
            next += count;
            System.out.printf("%s: %-36s %s%n", past, kind.words, cost.of(count * PER_REQUEST));
        }
    }

    private void send(ServiceUnderLoad service, Kind kind, int events) throws InterruptedException {
        int count = events / kind.share / PER_REQUEST;
        service.send(next, count, requests(service, kind));
        next += count;
    }

    private static IntFunction<HttpRequest> requests(ServiceUnderLoad service, Kind kind) {
        return request -> service.post(
                "/api/v1/events",
                IntStream.range(0, PER_REQUEST)
                        .mapToObj(n -> event(kind, request * PER_REQUEST + n))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private static String event(Kind kind, int n) {
        return "{\"user_id\": \"cust-%d\", \"event_type\": \"%s\", \"event_timestamp\": \"%s\", \"properties\": {\"orderId\": \"order-%d\", \"amount\": %d}}"
                .formatted(n * 7919L % CUSTOMERS, kind.type(), Instant.now(), n, 50 + n % 50);
    }
}
