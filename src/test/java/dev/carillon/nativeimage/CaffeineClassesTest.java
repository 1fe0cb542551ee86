package dev.carillon.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Caffeine loads the classes of a cache by names it makes up. */
class CaffeineClassesTest {

    /** Of nodes (strong key, strong value, …) and of caches (strong, strong, …), in the order in which Caffeine writes the letters. */
    private static final String STRONG = "PSA?W?R?(M[SW])?|SSL?S?(M[SW])?A?W?R?";

    @Test
    void every_class_for_strong_keys_and_values_is_registered() throws Exception {
        List<String> strong =
                ofTheLibrary().stream().filter(name -> name.matches(STRONG)).toList();

        assertThat(strong).contains("SSMSW", "SSMS", "PSMS", "PSWMS").hasSizeGreaterThan(100);
        assertThat(RegisteredCaffeine.classes())
                .containsAll(strong.stream().map(RegisteredCaffeine::inFull).toList());
    }

    private static List<String> ofTheLibrary() throws Exception {
        Path library = Path.of(Caffeine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JarFile jar = new JarFile(library.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("com/github/benmanes/caffeine/cache/"))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1).replace(".class", ""))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
