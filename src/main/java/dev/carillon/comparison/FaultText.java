package dev.carillon.comparison;

import dev.carillon.comparison.FaultOutcome.CustomerCount;
import dev.carillon.comparison.FaultReport.FaultRun;
import java.util.ArrayList;

/** What each style does when things break, as text for a terminal. */
final class FaultText {

    private FaultText() {}

    static String of(FaultReport report) {
        var lines = new ArrayList<String>();
        lines.add(report.scenario() + ", when things break");
        report.faults().forEach(fault -> {
            lines.add("");
            lines.addAll(ComparisonText.wrapped(fault.title(), ComparisonText.WIDTH));
            if (fault.notTried() != null) {
                lines.addAll(ComparisonText.wrapped("  not tried: " + fault.notTried(), ComparisonText.WIDTH));
            } else {
                lines.add("  door remedy   missed  twice  wrong   late");
                fault.runs().forEach(run -> lines.add(line(run)));
            }
        });
        return String.join("\n", lines) + "\n";
    }

    private static String line(FaultRun run) {
        return String.format(
                "  %-4s %-8s %6s %6s %6s %6s",
                run.door() == Approach.EVENT_SOURCED ? "1" : "2",
                run.remedy().wire(),
                number(run.missed()),
                number(run.twice()),
                number(run.wrong()),
                number(run.late()));
    }

    private static String number(CustomerCount count) {
        return count.messages() == 0 ? "-" : String.valueOf(count.messages());
    }
}
