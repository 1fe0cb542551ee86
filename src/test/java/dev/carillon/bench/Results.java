package dev.carillon.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured, by title: of several rounds what is in the middle. */
final class Results {

    static final String HEAD = """
            | work | rate | CPU | service + PostgreSQL | WAL | R's rate | R's CPU | R's WAL | rate to R's | CPU to R's |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private record Rounds(List<Shape.Measurement> ours, List<Shape.Measurement> reference) {}

    private final long began = System.nanoTime();
    private final Map<String, Rounds> results = new LinkedHashMap<>();

    void add(String title, Contender contender, Shape.Measurement measured) {
        var rounds = results.computeIfAbsent(title, first -> new Rounds(new ArrayList<>(), new ArrayList<>()));
        (contender instanceof Reference ? rounds.reference() : rounds.ours()).add(measured);
        System.out.printf(
                Locale.ROOT,
                "%4d s  %-50s %-9s %s %s%n",
                (System.nanoTime() - began) / 1_000_000_000,
                title,
                contender.getClass().getSimpleName(),
                figures(List.of(measured)),
                measured.remark());
    }

    /** Items a second. */
    double rate(String title) {
        return middle(results.get(title).ours(), Cost::rate);
    }

    /** Of the rate of the reference, measured at the same time. */
    double toReference(String title) {
        var rounds = results.get(title);
        return middle(rounds.ours(), Cost::rate) / middle(rounds.reference(), Cost::rate);
    }

    boolean has(String title) {
        return results.containsKey(title);
    }

    String table() {
        var table = new StringBuilder(HEAD);
        results.forEach((title, rounds) -> table.append(row(title, rounds)).append('\n'));
        return table.toString();
    }

    /** What else was seen, in the last round. */
    String remarks() {
        var remarks = new StringBuilder();
        results.forEach((title, rounds) -> {
            remark(remarks, title, "", rounds.ours());
            remark(remarks, title, ", R", rounds.reference());
        });
        return remarks.toString();
    }

    private static void remark(StringBuilder remarks, String title, String who, List<Shape.Measurement> rounds) {
        if (!rounds.isEmpty() && !rounds.get(rounds.size() - 1).remark().isEmpty()) {
            remarks.append("* ")
                    .append(title)
                    .append(who)
                    .append(": ")
                    .append(rounds.get(rounds.size() - 1).remark())
                    .append('\n');
        }
    }

    private static String row(String title, Rounds rounds) {
        var row = "| " + title + " | " + figures(rounds.ours());
        if (rounds.reference().isEmpty()) {
            return row + " | | | | | |";
        }
        return row
                + String.format(
                        Locale.ROOT,
                        " | %,.0f/s | %.0f µs | %.1f kB | %.2f | %.1f |",
                        middle(rounds.reference(), Cost::rate),
                        middle(rounds.reference(), Cost::micros),
                        middle(rounds.reference(), Cost::walEach) / 1000,
                        middle(rounds.ours(), Cost::rate) / middle(rounds.reference(), Cost::rate),
                        middle(rounds.ours(), Cost::micros) / middle(rounds.reference(), Cost::micros));
    }

    private static String figures(List<Shape.Measurement> rounds) {
        return String.format(
                Locale.ROOT,
                "%,.0f/s | %.0f µs | %.0f + %.0f µs | %.1f kB",
                middle(rounds, Cost::rate),
                middle(rounds, Cost::micros),
                middle(rounds, Cost::serviceEach),
                middle(rounds, Cost::databaseEach),
                middle(rounds, Cost::walEach) / 1000);
    }

    private static double middle(List<Shape.Measurement> rounds, ToDoubleFunction<Cost> figure) {
        return middle(
                rounds.stream().map(round -> figure.applyAsDouble(round.cost())).toList());
    }

    static double middle(List<Double> figures) {
        return figures.stream()
                .sorted()
                .skip((figures.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }
}
