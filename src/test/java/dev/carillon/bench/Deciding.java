package dev.carillon.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Events, one a request, by the rules that match them; measured until all is decided and sent. */
enum Deciding implements Shape {
    RULES_0("W5 an event, no rule", 0, "", 1),
    TELL_1("W5 an event, 1 rule that tells", 1, "", 1),
    TELL_10("W5 an event, 10 rules that tell", 10, "", 4),
    SAY_NO_1("W5 an event, 1 rule that says no to the customer", 1, "where: customer.segment == 'gold'", 1),
    EARLIER_1(
            "W5 an event, 1 rule that looks for an earlier one",
            1,
            "after: { event: bench.rules-0, within: P1D, when: earlier.data.amount < 0 }",
            1),
    DELAY_1("W5 an event, 1 rule that lets wait", 1, "delay: P10D", 1);

    private final String title;
    private final int rules;
    private final String clause;
    private final int share;

    /** @param share the more rules there are, the fewer events are measured */
    Deciding(String title, int rules, String clause, int share) {
        this.title = title;
        this.rules = rules;
        this.clause = clause;
        this.share = share;
    }

    /** A directory of all rules that benchmarks need. */
    static Path rules(Path directory) throws Exception {
        var rules = Files.createDirectories(directory.resolve("rules"));
        Files.writeString(
                rules.resolve("bench.yaml"),
                Arrays.stream(values()).map(Deciding::yaml).collect(Collectors.joining()) + PriceDrop.RULE);
        return rules;
    }

    private String yaml() {
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

    private String type() {
        return "bench." + name().toLowerCase().replace('_', '-');
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Measurement on(Contender contender) throws Exception {
        return on((Carillon) contender, Bench.MEASURED);
    }

    Measurement on(Carillon carillon, int most) throws Exception {
        int count = most / share;
        int from = carillon.numbers(count);
        return Measurement.of(carillon.meter().costOf(count, () -> {
            carillon.http()
                    .inTurns(
                            Bench.CLIENTS,
                            count,
                            n -> carillon.event(
                                    type(),
                                    "cust-" + (from + n) % Bench.CUSTOMERS,
                                    "{\"orderId\": \"order-%d\", \"amount\": %d}".formatted(from + n, 50 + n % 50)));
            carillon.drained();
        }));
    }
}
