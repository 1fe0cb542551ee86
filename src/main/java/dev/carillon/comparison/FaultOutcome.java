package dev.carillon.comparison;

import dev.carillon.comparison.RunReport.ToldMessage;
import dev.carillon.comparison.story.Story.Expected;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a run did with the messages that were expected of it. */
@RegisterForReflection
@Schema(description = "What a run did with the messages that were expected of it.")
record FaultOutcome(
        @Schema(description = "Expected, and not sent") CustomerCount missed,

        @Schema(description = "Sent more often than expected")
        CustomerCount twice,

        @Schema(description = "Sent and not expected, or with other words")
        CustomerCount wrong,

        @Schema(description = "Sent only when what had broken was whole again")
        CustomerCount late,

        @Schema(description = "What happened on the way, in order")
        List<String> happened) {

    /** Messages and whose they are. */
    @RegisterForReflection
    record CustomerCount(int messages, List<String> customers) {

        private static CustomerCount of(Collection<String> customers) {
            return new CustomerCount(
                    customers.size(), customers.stream().distinct().sorted().toList());
        }
    }

    private record MessageKind(String customer, String type, String channel) {}

    /** @param recovered when what had broken was whole again; null if it never was, or nothing had */
    static FaultOutcome of(
            List<Expected> expected, List<ToldMessage> told, @Nullable Instant recovered, List<String> happened) {
        Map<MessageKind, List<Expected>> wanted = new HashMap<>();
        expected.forEach(one -> one.channels()
                .forEach(channel -> wanted.computeIfAbsent(
                                new MessageKind(one.customer(), one.type(), channel), kind -> new ArrayList<>())
                        .add(one)));
        Map<MessageKind, List<ToldMessage>> sent = told.stream()
                .collect(Collectors.groupingBy(one -> new MessageKind(one.customerId(), one.type(), one.channel())));
        var missed = new ArrayList<String>();
        var twice = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        var late = new ArrayList<String>();
        Stream.concat(wanted.keySet().stream(), sent.keySet().stream())
                .distinct()
                .forEach(kind -> {
                    var want = wanted.getOrDefault(kind, List.of());
                    var got = sent.getOrDefault(kind, List.of());
                    add(missed, kind.customer(), want.size() - got.size());
                    if (want.isEmpty()) {
                        add(wrong, kind.customer(), got.size());
                        return;
                    }
                    add(twice, kind.customer(), got.size() - want.size());
                    var says = want.get(0).says();
                    add(
                            wrong,
                            kind.customer(),
                            got.stream()
                                    .filter(one -> says != null && !says(one, says))
                                    .count());
                    add(
                            late,
                            kind.customer(),
                            got.stream()
                                    .limit(want.size())
                                    .filter(one -> recovered != null
                                            && !one.createdAt().isBefore(recovered))
                                    .count());
                });
        return new FaultOutcome(
                CustomerCount.of(missed),
                CustomerCount.of(twice),
                CustomerCount.of(wrong),
                CustomerCount.of(late),
                happened);
    }

    private static boolean says(ToldMessage message, String words) {
        return message.body().contains(words)
                || message.subject() != null && message.subject().contains(words);
    }

    private static void add(List<String> to, String customer, long times) {
        for (long n = 0; n < times; n++) {
            to.add(customer);
        }
    }

    /** Whether everything came as it should, be it late. */
    boolean isWhole() {
        return missed.messages() + twice.messages() + wrong.messages() == 0;
    }
}
