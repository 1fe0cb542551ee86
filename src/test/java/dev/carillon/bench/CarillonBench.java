package dev.carillon.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What a notification costs, by the kinds of work there are, beside a reference that does the least for it (docs/benchmarks.md). Nothing is
 * asserted but that all was done. Run it by its name, {@code -Dbench.quick} for a short run:
 * {@code ./mvnw verify -Djacoco.skip -Dtest=none -Dit.test=CarillonBench}
 */
@Isolated
@Tag("packaged")
class CarillonBench {

    private static final Shape DRAIN = new Draining("W3 drain of %,d due".formatted(Bench.BACKLOG), Bench.BACKLOG);

    private static final List<Shape> BOTH = List.of(
            new Accepting("W1 one a request, accepted", Bench.MEASURED, 1, Bench.CLIENTS, false),
            new Accepting("W1 one a request, accepted and sent", Bench.MEASURED, 1, Bench.CLIENTS, true),
            new Accepting("W2 1,000 a request, accepted", Bench.BACKLOG, 1000, 4, false),
            new Accepting("W2 1,000 a request, accepted and sent", Bench.BACKLOG, 1000, 4, true),
            DRAIN,
            new Evenly("W4 %,d a second, 20 a request".formatted(Bench.RATE), Bench.RATE, Bench.SECONDS, 20),
            new Evenly("W4 %,d a second, 1 a request".formatted(Bench.RATE), Bench.RATE, Bench.SECONDS, 1));

    private final Results results = new Results();
    private final Surroundings surroundings = Surroundings.now();
    private String where = "";

    @Test
    void table() throws Exception {
        var directory = Bench.newDirectory();
        try (var carillon = Carillon.start(
                        directory.resolve("carillon"),
                        Map.of("CARILLON_RULES_PATH", Deciding.rules(directory).toString()));
                var reference = Reference.start(directory.resolve("reference"))) {
            carillon.customers(Bench.CUSTOMERS);
            warmUp(carillon);
            warmUp(reference);
            for (int round = 0; round < Bench.ROUNDS; round++) {
                inTurns(wanted(BOTH.stream()), round, carillon, reference);
                inTurns(wanted(Stream.of(Deciding.values())), round, carillon);
            }
            keptUp(carillon);
            longPast(carillon, reference);
            priceDrop(carillon);
            where = surroundings.words(carillon.database());
        }
        Bench.delete(directory);
        print(Bench.wants("START") ? Starting.rows() : List.of());
    }

    private static void warmUp(Carillon carillon) throws Exception {
        warmUp((Contender) carillon);
        carillon.copies().prepare();
        for (var kind : Deciding.values()) {
            if (Bench.wants(kind.title())) {
                kind.on(carillon, Bench.WARM_UP / 4);
            }
        }
    }

    private static void warmUp(Contender contender) throws Exception {
        new Accepting("", Bench.WARM_UP, 1, Bench.CLIENTS, true).on(contender);
        new Accepting("", Bench.WARM_UP / 1000 * 1000, 1000, 4, true).on(contender);
        contender.http().inTurns(1, 1, n -> contender.oneForLater(contender.numbers(1)));
    }

    private static List<? extends Shape> wanted(Stream<? extends Shape> shapes) {
        return shapes.filter(shape -> Bench.wants(shape.title())).toList();
    }

    /** Now one of them first, then the other. */
    private void inTurns(List<? extends Shape> shapes, int round, Contender... contenders) throws Exception {
        for (var shape : shapes) {
            for (int n = 0; n < contenders.length; n++) {
                measure(shape, contenders[(n + round) % contenders.length]);
            }
        }
    }

    private void measure(Shape shape, Contender contender) throws Exception {
        results.add(shape.title(), contender, shape.on(contender));
    }

    private void keptUp(Carillon carillon) throws Exception {
        for (int perRequest : new int[] {20, 1}) {
            var title = "W4 the most that is kept up, " + perRequest + " a request";
            if (Bench.wants(title)) {
                measure(new KeptUp(title, perRequest, Bench.KEPT_UP_AROUND), carillon);
            }
        }
    }

    private void longPast(Carillon carillon, Reference reference) throws Exception {
        var past = LongPast.of(Bench.PAST);
        if (Bench.wants(past.title())) {
            past.load(carillon);
            for (int round = 0; round < Bench.ROUNDS; round++) {
                inTurns(List.of(past.drain()), round, carillon, reference);
            }
        }
    }

    private void priceDrop(Carillon carillon) throws Exception {
        var drop = new PriceDrop("W8 a price falls in %,d carts".formatted(Bench.CARTS), Bench.CARTS);
        if (Bench.wants(drop.title())) {
            measure(drop, carillon);
        }
    }

    private void print(List<String> starts) throws Exception {
        var page = new ArrayList<>(List.of(where, "", results.table(), results.remarks() + flatness()));
        if (!starts.isEmpty()) {
            page.add("| started with | time | CPU |\n| --- | --- | --- |");
            page.addAll(starts);
        }
        var text = String.join("\n", page) + "\n";
        System.out.println(text);
        Files.writeString(Path.of("target", "bench", "table.md"), text);
        if (Bench.flag("bench.docs")) {
            var docs = Path.of("docs", "benchmarks.md");
            Files.writeString(
                    docs,
                    Files.readString(docs)
                            .replaceFirst(
                                    "(?s)(<!-- figures -->\n).*(<!-- /figures -->)",
                                    "$1\n" + Matcher.quoteReplacement(text) + "\n$2"));
        }
    }

    /** Whether what is due is sent as fast beside a million others; and by how much the machine itself was slower meanwhile. */
    private String flatness() {
        var few = DRAIN.title();
        var many = LongPast.of(Bench.PAST).title();
        return results.has(few) && results.has(many)
                ? String.format(
                        Locale.ROOT,
                        "* W6 at %.2f of the rate of W3; measured by R's rates at both times, %.2f\n",
                        results.rate(many) / results.rate(few),
                        results.toReference(many) / results.toReference(few))
                : "";
    }
}
