package dev.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No library is older than the version that fixed what we know of; the class path of the tests is what the package is made from. */
class DependencyFloorsTest {

    private static final List<Floor> FLOORS = List.of(
            // CVE-2025-49574: data of one request seen by another
            new Floor("io.quarkus:quarkus-vertx", "3.33.2"),
            // CVE-2026-1002, and what came after it
            new Floor("io.vertx:*", "4.5.27"),
            // CVE-2026-50010, CVE-2026-50020
            new Floor("io.netty:*", "4.1.137.Final"),
            // annotations of this line have two numbers only
            new Floor("com.fasterxml.jackson.core:jackson-annotations", "2.21"),
            new Floor("com.fasterxml.jackson.core:jackson-core", "2.21.7"),
            new Floor("com.fasterxml.jackson.core:jackson-databind", "2.21.7"),
            new Floor("com.fasterxml.jackson.dataformat:*", "2.21.7"),
            new Floor("com.fasterxml.jackson.datatype:*", "2.21.7"),
            new Floor("com.fasterxml.jackson.module:*", "2.21.7"),
            // eleven vulnerabilities of PostgreSQL 18.1
            new Floor("io.zonky.test.postgres:*", "18.6.0"),
            // CVE-2025-49146: channel binding that was not insisted on
            new Floor("org.postgresql:postgresql", "42.7.7"),
            // CVE-2024-29371: a compressed token that fills the memory
            new Floor("org.bitbucket.b_c:jose4j", "0.9.6"),
            // CVE-2022-1471: a document that makes any object
            new Floor("org.yaml:snakeyaml", "2.0"),
            // CVE-2024-7254: nesting without an end
            new Floor("com.google.protobuf:protobuf-java", "4.28.2"),
            // CVE-2024-25710, CVE-2024-26308
            new Floor("org.apache.commons:commons-compress", "1.26.0"),
            // CVE-2025-48924
            new Floor("org.apache.commons:commons-lang3", "3.18.0"),
            // CVE-2024-47554
            new Floor("commons-io:commons-io", "2.14.0"));

    @Test
    void no_library_is_older_than_the_version_that_fixed_what_is_known() {
        List<Library> libraries = onTheClassPath();

        for (Floor floor : FLOORS) {
            List<Library> held = libraries.stream().filter(floor::concerns).toList();
            assertThat(held)
                    .as("%s is on the class path; a floor that holds nothing is to be struck off", floor)
                    .isNotEmpty();
            assertThat(held).as("not older than %s", floor).allMatch(floor::isMetBy);
        }
    }

    @Test
    void every_library_of_a_family_has_the_same_version() {
        for (String family : List.of("io.netty", "io.vertx", "io.quarkus", "dev.cel")) {
            assertThat(onTheClassPath().stream()
                            .filter(library -> library.group().equals(family))
                            // a library of its own that has its own numbers
                            .filter(library -> !library.artifact().equals("quarkus-fs-util"))
                            .map(Library::version)
                            .distinct())
                    .as(family)
                    .hasSize(1);
        }
    }

    /** @param artifacts {@code group:artifact}, or {@code group:*} for all of a group */
    private record Floor(String artifacts, String least) {

        boolean concerns(Library library) {
            return artifacts.equals(library.group() + ":*")
                    || artifacts.equals(library.group() + ":" + library.artifact());
        }

        boolean isMetBy(Library library) {
            return Version.parse(library.version()).compareTo(Version.parse(least)) >= 0;
        }
    }

    private record Library(String group, String artifact, String version) {

        private static final Pattern IN_THE_REPOSITORY =
                Pattern.compile(".*?/repository/(?<group>.+)/(?<artifact>[^/]+)/(?<version>[^/]+)/[^/]+\\.jar");

        static Optional<Library> at(Path jar) {
            var place = IN_THE_REPOSITORY.matcher(jar.toString().replace(File.separatorChar, '/'));
            return place.matches()
                    ? Optional.of(new Library(
                            place.group("group").replace('/', '.'), place.group("artifact"), place.group("version")))
                    : Optional.empty();
        }
    }

    private static List<Library> onTheClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .flatMap(jar -> Library.at(jar).stream())
                .toList();
    }
}
