package dev.carillon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of a page that the code makes which counts what they say: between {@code <!-- counted: name -->} and {@code <!-- /counted -->}.
 * With {@code -Ddocs.write=true} they are written into the page; otherwise the page must have them.
 */
public final class CountedSections {

    private static final boolean WRITE = Boolean.getBoolean("docs.write");

    private final Path page;

    public CountedSections(String page) {
        this.page = Path.of(page);
    }

    /** The lines in any order: what is done at the same time is told in the order in which it happened to end. */
    public void holds(String name, List<String> counted) throws IOException {
        String text = Files.readString(page);
        Matcher section = Pattern.compile(
                        "(<!-- counted: " + Pattern.quote(name) + " -->\\n)(.*?)(<!-- /counted -->)", Pattern.DOTALL)
                .matcher(text);
        assertThat(section.find()).as("%s has a section %s", page, name).isTrue();
        if (WRITE) {
            Files.writeString(
                    page,
                    text.substring(0, section.end(1)) + "\n" + String.join("\n", counted) + "\n\n"
                            + text.substring(section.start(3)));
            return;
        }
        assertThat(section.group(2).strip().lines().toList())
                .as("%s, section %s; ./mvnw test -Dtest=ComparisonPageTest -Ddocs.write=true writes it", page, name)
                .containsExactlyInAnyOrderElementsOf(counted);
    }
}
