package dev.carillon.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.postgres.PgPrograms.ProgramResult;
import org.junit.jupiter.api.Test;

class PgProgramsTest {

    @Test
    void knows_what_passes_by_itself() {
        assertThat(new ProgramResult(1, "FATAL:  lock file \"postmaster.pid\" already exists").predecessorLingers())
                .isTrue();
        assertThat(new ProgramResult(1, "FATAL:  pre-existing shared memory block is still in use")
                        .predecessorLingers())
                .isTrue();
        assertThat(new ProgramResult(1, "FATAL:  database files are incompatible with server").predecessorLingers())
                .isFalse();
    }

    @Test
    void knows_a_taken_port() {
        assertThat(new ProgramResult(1, "LOG:  could not bind IPv4 address \"127.0.0.1\": Address already in use")
                        .portIsTaken())
                .isTrue();
        assertThat(new ProgramResult(1, "FATAL:  could not open file").portIsTaken())
                .isFalse();
    }
}
