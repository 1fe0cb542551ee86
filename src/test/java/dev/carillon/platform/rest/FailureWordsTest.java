package dev.carillon.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailureWordsTest {

    @Test
    void a_failure_is_named_with_what_it_means_and_without_what_it_quotes() {
        assertThat(Diagnosis.inWords(refused("57014")))
                .isEqualTo("PgException 57014: a database statement took too long");
        assertThat(Diagnosis.inWords(refused("53200")))
                .isEqualTo("PgException 53200: the database was unavailable, try again");
        assertThat(Diagnosis.inWords(new CompletionException(new ConnectException("10.0.0.1"))))
                .isEqualTo("ConnectException: the database was unavailable, try again");
        assertThat(Diagnosis.inWords(new CompletionException(new OutOfMemoryError("Java heap space"))))
                .isEqualTo("OutOfMemoryError: not enough memory");
        assertThat(Diagnosis.inWords(new IllegalStateException("ada@example.com")))
                .isEqualTo("IllegalStateException: internal error, see the log");
    }

    private static PgException refused(String state) {
        return new PgException("ada@example.com", "ERROR", state, "ada@example.com");
    }
}
