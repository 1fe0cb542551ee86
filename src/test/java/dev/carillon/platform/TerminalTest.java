package dev.carillon.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/0,true",
        "/dev/pts/17,true",
        "/dev/tty,true",
        "/dev/tty1,true",
        "/dev/ttyS0,true",
        "/dev/console,true",
        "pipe:[48213],false",
        "socket:[9],false",
        "/dev/null,false",
        "/var/log/carillon.log,false",
        "/home/dev/tty,false"
    })
    void people_read_on_terminals_and_nowhere_else(String file, boolean terminal) {
        assertThat(Terminal.isOne(file)).isEqualTo(terminal);
    }

    /** The build sends nothing home: who tries it has not agreed to anything. */
    @Test
    void maven_tells_quarkus_to_send_no_analytics() throws IOException {
        assertThat(Files.readAllLines(Path.of(".mvn", "maven.config"))).contains("-Dquarkus.analytics.disabled=true");
    }
}
