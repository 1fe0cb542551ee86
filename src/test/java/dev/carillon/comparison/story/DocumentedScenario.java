package dev.carillon.comparison.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The whole scenario of docs/scenarios.md. */
public final class DocumentedScenario {

    private static final String BEGIN = "```yaml scenario\n";

    private DocumentedScenario() {}

    public static String text() throws IOException {
        var page = Files.readString(Path.of("docs/scenarios.md"));
        var begin = page.indexOf(BEGIN) + BEGIN.length();
        return page.substring(begin, page.indexOf("```", begin));
    }
}
