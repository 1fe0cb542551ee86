package dev.carillon.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script beside the jar, with a JVM that only says how it was called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    @TempDir
    Path app;

    @BeforeEach
    void aJvmThatSaysHowItWasCalled() throws IOException {
        Files.copy(Path.of("src/main/jvm/carillon"), app.resolve("carillon"));
        var java = Files.createDirectory(app.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nfor one in \"$@\"; do echo \"$one\"; done\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void the_first_start_writes_the_archive_that_the_next_one_uses() throws Exception {
        assertThat(started(Map.of()))
                .contains("-XX:ArchiveClassesAtExit=" + archive())
                .containsSubsequence("-jar", app.toRealPath() + "/quarkus-run.jar", "one", "and two");

        Files.createFile(app.resolve("carillon.jsa"));

        assertThat(started(Map.of())).contains("-XX:SharedArchiveFile=" + archive());
    }

    @Test
    void it_does_without_an_archive_and_takes_options_of_the_jvm() throws Exception {
        assertThat(started(Map.of("CARILLON_CLASS_ARCHIVE", "none", "JAVA_OPTS", "-Xmx256m -Da=b")))
                .contains("-Xmx256m", "-Da=b")
                .noneMatch(option -> option.contains(".jsa"));
    }

    private String archive() throws IOException {
        return app.toRealPath() + "/carillon.jsa";
    }

    private List<String> started(Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder("sh", app.resolve("carillon").toString(), "one", "and two");
        builder.environment().put("JAVA_HOME", app.toString());
        builder.environment().putAll(environment);
        var process = builder.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
