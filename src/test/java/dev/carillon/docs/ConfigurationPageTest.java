package dev.carillon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has every setting there is, as its interface says it. */
class ConfigurationPageTest {

    private static final CountedSections PAGE = new CountedSections("docs/configuration.md");

    @Test
    void every_setting_is_there_and_says_what_it_means() throws IOException {
        for (var group : Settings.byPrefix().entrySet()) {
            assertThat(group.getValue())
                    .allSatisfy(setting ->
                            assertThat(setting.meaning()).as(setting.key()).isNotBlank());
            var rows = new ArrayList<>(List.of("| setting | kind | default | meaning |", "| --- | --- | --- | --- |"));
            group.getValue().forEach(setting -> rows.add(setting.row()));
            PAGE.holds(group.getKey(), rows);
        }
    }

    @Test
    void nothing_is_there_that_no_interface_has() throws IOException {
        var sections = Pattern.compile("<!-- counted: (\\S+) -->")
                .matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .map(one -> one.group(1))
                .toList();

        assertThat(sections)
                .containsExactlyInAnyOrderElementsOf(Settings.byPrefix().keySet());
    }
}
