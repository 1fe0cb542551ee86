package dev.carillon.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private static final PgException REFUSED =
            new PgException("invalid byte sequence in alice@example.com", "ERROR", "22021", "detail alice");

    @Test
    void keeps_what_postgresql_says_out_of_the_log_and_its_state_in() {
        // Given
        var failure = new IllegalStateException("could not keep alice@example.com", REFUSED);

        // When
        var logged = printed(FailureLog.of(failure));

        // Then
        assertThat(logged)
                .doesNotContain("alice", "could not keep")
                .contains(
                        "java.lang.IllegalStateException",
                        "io.vertx.pgclient.PgException sqlstate=22021",
                        "at " + FailureLogTest.class.getName());
    }

    @Test
    void leaves_other_failures_as_they_are() {
        var failure = new IllegalStateException("a bug", new NullPointerException("of ours"));

        assertThat(FailureLog.of(failure)).isSameAs(failure);
    }

    @Test
    void says_in_short_what_broke_in_the_end() {
        assertThat(FailureLog.inShort(new RuntimeException(REFUSED)))
                .isEqualTo("io.vertx.pgclient.PgException sqlstate=22021");
    }

    private static String printed(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
