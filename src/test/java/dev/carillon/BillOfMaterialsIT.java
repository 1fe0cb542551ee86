package dev.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.testing.PackagedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Packaging writes a CycloneDX bill of materials that names all that is in the package. */
@DisabledIfSystemProperty(
        named = "maven.offline",
        matches = "offline=true",
        disabledReason = "the bill of materials is made online only")
@PackagedTest
class BillOfMaterialsIT {

    private static final Path PACKAGED = Path.of("target", "quarkus-app", "quarkus-app-dependencies.txt");

    @Test
    void the_bill_of_materials_names_every_library_of_the_package() throws IOException {
        JsonNode bill =
                new ObjectMapper().readTree(Path.of("target", "bom.json").toFile());

        List<String> named = StreamSupport.stream(bill.at("/components").spliterator(), false)
                .map(component -> component.at("/group").asText() + ":"
                        + component.at("/name").asText() + ":"
                        + component.at("/version").asText())
                .toList();

        assertThat(bill.at("/bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.at("/metadata/component/name").asText()).isEqualTo("carillon");
        assertThat(named).containsAll(packaged()).doesNotHaveDuplicates();
    }

    @Test
    void it_says_how_each_library_is_called_and_what_its_bytes_are() throws IOException {
        JsonNode bill =
                new ObjectMapper().readTree(Path.of("target", "bom.json").toFile());

        assertThat(bill.at("/components")).isNotEmpty().allSatisfy(component -> {
            assertThat(component.at("/purl").asText()).startsWith("pkg:maven/");
            assertThat(component.at("/hashes")).isNotEmpty();
        });
    }

    /** Quarkus writes them as {@code group:artifact:classifier:type:version}. */
    private static List<String> packaged() throws IOException {
        List<String> libraries = Files.readAllLines(PACKAGED).stream()
                .map(line -> line.split(":"))
                .map(parts -> parts[0] + ":" + parts[1] + ":" + parts[4])
                .toList();
        assertThat(libraries).hasSizeGreaterThan(100);
        return libraries;
    }
}
