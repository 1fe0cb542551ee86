package dev.carillon.comparison;

import dev.carillon.comparison.RunReport.Cost;
import dev.carillon.comparison.RunReport.SuppressedMessage;
import dev.carillon.comparison.RunReport.ToldMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A comparison as text for a terminal: a column for each door, {@value #WIDTH} characters wide. */
final class ComparisonText {

    static final int WIDTH = 80;

    private static final String BETWEEN = " | ";
    private static final int LEFT = (WIDTH - BETWEEN.length()) / 2;
    private static final int RIGHT = WIDTH - BETWEEN.length() - LEFT;

    private ComparisonText() {}

    static String of(ComparisonReport report) {
        var lines = new ArrayList<String>();
        lines.add(cut(report.scenario() + ", through both doors", WIDTH));
        lines.add("");
        lines.addAll(sideBySide(
                List.of("DOOR 1: EVENT-SOURCED", "The teams publish, the service decides."),
                List.of("DOOR 2: API-DRIVEN", "The teams look up, decide and call.")));
        lines.add("-".repeat(LEFT) + "-+-" + "-".repeat(RIGHT));
        lines.addAll(sideBySide(notified(report.eventSourced()), notified(report.apiDriven())));
        lines.addAll(sideBySide(List.of(""), List.of("")));
        lines.addAll(sideBySide(notNotified(report.eventSourced()), notNotified(report.apiDriven())));
        lines.addAll(sideBySide(List.of(""), List.of("")));
        lines.addAll(sideBySide(
                cost(report.eventSourced().cost()), cost(report.apiDriven().cost())));
        lines.add("");
        lines.add(report.sameOutcome() ? "Same customers, same texts, same channels." : "Differences:");
        report.differences().forEach(difference -> lines.addAll(wrapped("  " + difference, WIDTH)));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> notified(RunReport run) {
        return section(
                "Notified",
                run.notifications().stream()
                        .collect(Collectors.groupingBy(
                                told -> told.customerId() + " " + told.type(),
                                TreeMap::new,
                                Collectors.mapping(ToldMessage::channel, Collectors.joining(", "))))
                        .entrySet()
                        .stream()
                        .map(told -> told.getKey() + " by " + told.getValue()));
    }

    private static List<String> notNotified(RunReport run) {
        return section("Not notified", run.suppressed().stream().map(ComparisonText::why));
    }

    private static String why(SuppressedMessage one) {
        return (one.customerId() == null ? "nobody" : one.customerId())
                + (one.channel() == null ? "" : " by " + one.channel())
                + ": "
                + one.reason();
    }

    private static List<String> cost(Cost cost) {
        return section(
                "Cost",
                Stream.of(
                        counted(cost.eventsPublished(), "event published", "events published"),
                        counted(cost.apiCalls(), "API call", "API calls"),
                        counted(cost.lookupsByDomainTeams(), "lookup by teams", "lookups by teams"),
                        counted(cost.lookupsByNotificationService(), "lookup by the service", "lookups by the service"),
                        String.format(Locale.ROOT, "%.1f ms until the last message", cost.micros() / 1000.0)));
    }

    private static String counted(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static List<String> section(String title, Stream<String> lines) {
        var all = new ArrayList<>(List.of(title));
        lines.map(line -> "  " + line).forEach(all::add);
        if (all.size() == 1) {
            all.add("  nobody");
        }
        return all;
    }

    private static List<String> sideBySide(List<String> left, List<String> right) {
        var one = left.stream().flatMap(line -> wrapped(line, LEFT).stream()).toList();
        var other =
                right.stream().flatMap(line -> wrapped(line, RIGHT).stream()).toList();
        return IntStream.range(0, Math.max(one.size(), other.size()))
                .mapToObj(n ->
                        padded(n < one.size() ? one.get(n) : "") + BETWEEN + (n < other.size() ? other.get(n) : ""))
                .toList();
    }

    /** Breaks at spaces where it can; what continues a line is indented deeper than it. */
    static List<String> wrapped(String line, int width) {
        var lines = new ArrayList<String>();
        var rest = line;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > rest.length() - rest.stripLeading().length() ? space : width;
            lines.add(rest.substring(0, end));
            rest = "    " + rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    private static String padded(String text) {
        return text + " ".repeat(LEFT - text.length());
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
