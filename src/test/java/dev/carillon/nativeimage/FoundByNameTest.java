package dev.carillon.nativeimage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The native binary has only what it is told of: each file, class and language that is looked up by its name. */
class FoundByNameTest {

    private static final JavaClasses APP = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.carillon");
    private static final Path CLASSES = Path.of("target", "classes");

    /**
     * Quarkus takes these in by itself; of the examples it makes the document of the API when it builds, of the console's sources what it
     * serves.
     */
    private static final List<String> TAKEN_BY_QUARKUS =
            List.of("application.properties", "META-INF/", "openapi/examples/", "web/");

    /** Libraries look them up by name and do not say so themselves; who adds a library adds its files here, too. */
    private static final List<String> OF_LIBRARIES = List.of(
            // RFC 3339 times of JSON Schema's format date-time
            "leap_second_dates.csv");

    @Test
    void every_file_of_ours_is_in_the_native_binary() throws IOException {
        List<String> files = filesOfOurs();

        assertThat(files).hasSizeGreaterThan(50);
        assertThat(files).as("quarkus.native.resources.includes has them").allMatch(FoundByNameTest::isIncluded);
    }

    @Test
    void every_file_that_a_library_looks_up_is_in_the_native_binary() {
        for (String file : OF_LIBRARIES) {
            assertThat(FoundByNameTest.class.getClassLoader().getResource(file))
                    .as(file)
                    .isNotNull();
            assertThat(isIncluded(file))
                    .as("quarkus.native.resources.includes has %s", file)
                    .isTrue();
        }
    }

    @Test
    void every_language_is_in_the_native_binary_with_its_dates_and_amounts() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("(?s)<id>native</id>.*<quarkus.locales>all</quarkus.locales>.*</profile>");
        // registers no provider: dates and amounts come out in plain English
        assertThat(settings().values().toString()).doesNotContain("IncludeAllLocales");
    }

    @Test
    void every_charset_that_a_caller_may_name_is_in_the_native_binary() {
        assertThat(setting("quarkus.native.add-all-charsets")).isEqualTo("true");
    }

    /**
     * Main looks for the application's generated class, which the native binary holds because Quarkus starts it. Dependencies reads the
     * constructors of classes that it registers. Characters looks up charsets, and all of them are in the native binary.
     */
    @Test
    void nothing_else_is_found_by_name() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.carillon.platform.Main")
                .and()
                .doNotHaveFullyQualifiedName("dev.carillon.comparison.Dependencies")
                .and()
                .doNotHaveFullyQualifiedName("dev.carillon.platform.body.Characters")
                .should()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
                .orShould()
                .callMethod(ClassLoader.class, "loadClass", String.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ServiceLoader.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ResourceBundle.class)
                .orShould()
                .callMethod(Charset.class, "forName", String.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .check(APP);
    }

    /** Services are not found natively unless somebody registers them; ours is called by its class. */
    @Test
    void the_json_format_of_cloud_events_is_not_looked_up_as_a_service() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.cloudevents.core.provider.EventFormatProvider")
                .check(APP);
    }

    private static List<String> filesOfOurs() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> CLASSES.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.endsWith(".class"))
                    .filter(name -> TAKEN_BY_QUARKUS.stream().noneMatch(name::startsWith))
                    .toList();
        }
    }

    private static boolean isIncluded(String file) {
        return Arrays.stream(setting("quarkus.native.resources.includes").split(","))
                .map(String::strip)
                .anyMatch(glob -> matcher(glob).matches(Path.of(file)));
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    private static String setting(String name) {
        return settings().getProperty(name, "");
    }

    private static Properties settings() {
        try (InputStream in = Files.newInputStream(CLASSES.resolve("application.properties"))) {
            Properties settings = new Properties();
            settings.load(in);
            return settings;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
