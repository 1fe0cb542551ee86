package dev.carillon.comparison;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All scenarios through both doors, one line each. */
@RegisterForReflection
@Schema(description = "Every story through both doors, one line each.")
record SummaryReport(boolean sameOutcome, List<SummaryLine> scenarios) {

    /** One scenario: its number of messages, and the cost of each door. */
    @RegisterForReflection
    record SummaryLine(
            String scenario,
            String summary,
            boolean sameOutcome,
            int messages,
            RunReport.Cost eventSourced,
            RunReport.Cost apiDriven) {

        static SummaryLine of(String summary, ComparisonReport report) {
            return new SummaryLine(
                    report.scenario(),
                    summary,
                    report.sameOutcome(),
                    report.eventSourced().notifications().size(),
                    report.eventSourced().cost(),
                    report.apiDriven().cost());
        }
    }

    static SummaryReport of(List<SummaryLine> lines) {
        return new SummaryReport(lines.stream().allMatch(SummaryLine::sameOutcome), lines);
    }
}
