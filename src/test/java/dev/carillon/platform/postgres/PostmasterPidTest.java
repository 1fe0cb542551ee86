package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterPidTest {

    @TempDir
    Path data;

    @Test
    void reads_what_a_server_writes_step_by_step() throws IOException {
        assertThat(PostmasterPid.in(data)).isEmpty();
        assertThat(written("")).isEqualTo(new PostmasterPid(file(), 0, 0));
        assertThat(written("4711\n/data\n1700000000\n")).isEqualTo(new PostmasterPid(file(), 4711, 0));
        assertThat(written("4711\n/data\n1700000000\n5433\n\n127.0.0.1\n"))
                .isEqualTo(new PostmasterPid(file(), 4711, 5433));
    }

    @Test
    void takes_neither_strangers_nor_the_dead_for_the_server() throws IOException {
        assertThat(written(ProcessHandle.current().pid() + "\n").processIsThisServer())
                .isFalse();
        assertThat(written("999999998\n").processIsThisServer()).isFalse();
        assertThat(written("").processIsThisServer()).isFalse();
    }

    @Test
    void disowns_the_dead_but_keeps_the_key_of_their_memory() throws IOException {
        // Given
        PostmasterPid dead = written("4711\n/data\n1700000000\n5433\n\n127.0.0.1\n  9043   65536\n");

        // When
        dead.disown();

        // Then
        assertThat(file()).content().startsWith("999999999\n").contains("9043   65536");
    }

    @Test
    void disowns_an_empty_file_and_one_that_went_away() throws IOException {
        // Given
        PostmasterPid empty = written("");

        // When
        empty.disown();
        empty.disown();

        // Then
        assertThat(file()).doesNotExist();
    }

    @Test
    void names_the_file_it_cannot_read_or_write() throws IOException {
        // Given
        PostmasterPid dead = written("4711\n");
        Files.delete(file());
        Files.createDirectory(file());

        // When
        var disowning = assertThatThrownBy(dead::disown);
        var reading = assertThatThrownBy(() -> PostmasterPid.in(data));

        // Then
        disowning.isInstanceOf(PostgresStartException.class).hasMessageContaining("postmaster.pid");
        reading.isInstanceOf(PostgresStartException.class).hasMessageContaining("postmaster.pid");
    }

    private PostmasterPid written(String content) throws IOException {
        Files.writeString(file(), content);
        return PostmasterPid.in(data).orElseThrow();
    }

    private Path file() {
        return data.resolve("postmaster.pid");
    }
}
