package dev.carillon.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.batch.Overloaded;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new Overloaded(), ProblemType.OVERLOADED),
                Arguments.of(
                        new CompletionException(new ConnectException("Connection refused: db/10.0.0.1")),
                        ProblemType.UNAVAILABLE),
                Arguments.of(new CompositeException(new ConnectException()), ProblemType.UNAVAILABLE),
                Arguments.of(ClosedConnectionException.INSTANCE, ProblemType.UNAVAILABLE),
                Arguments.of(new NoStackTraceThrowable("Timeout"), ProblemType.UNAVAILABLE),
                Arguments.of(new VertxException("Timeout waiting for connection", true), ProblemType.UNAVAILABLE),
                Arguments.of(
                        new NoStackTraceThrowable("Connection is not active now, current status: CLOSED"),
                        ProblemType.UNAVAILABLE),
                Arguments.of(
                        new VertxException(
                                "Pending requests failed to be sent due to connection has been closed.",
                                new IOException("Broken pipe")),
                        ProblemType.UNAVAILABLE),
                Arguments.of(new IOException("Broken pipe"), ProblemType.UNAVAILABLE),
                Arguments.of(new IOException("Connection reset by peer"), ProblemType.UNAVAILABLE),
                Arguments.of(new IOException("of a file of ours"), ProblemType.INTERNAL),
                Arguments.of(
                        new ConnectionPoolTooBusyException("Connection pool reached max wait queue size of 10"),
                        ProblemType.UNAVAILABLE),
                Arguments.of(new SocketException("Connection reset"), ProblemType.UNAVAILABLE),
                Arguments.of(new NoRouteToHostException(), ProblemType.UNAVAILABLE),
                Arguments.of(new PgException("no such table", "ERROR", "42P01", ""), ProblemType.INTERNAL),
                Arguments.of(new SQLException("lost", "08003"), ProblemType.UNAVAILABLE),
                Arguments.of(new ForbiddenException(), ProblemType.FORBIDDEN),
                Arguments.of(new WebApplicationException("x", new ConnectException(), 400), ProblemType.UNAVAILABLE),
                Arguments.of(new WebApplicationException(415), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(new NullPointerException("of ours"), ProblemType.INTERNAL));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void finds_what_a_failure_means_however_it_is_wrapped(Throwable failure, ProblemType type) {
        var problem = Diagnosis.of(failure);

        assertThat(problem.type()).isEqualTo(type.uri());
        assertThat(problem.status()).isEqualTo(type.status());
        assertThat(String.valueOf(problem.detail())).doesNotContain("10.0.0.1", "Exception", "no such table");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08003", "08004", "08006", "08P01", "25006", "25P03", "28P01", "3D000", "40001",
                "40003", "40P01", "53000", "53100", "53200", "53300", "53400", "55006", "55P03", "57000", "57014",
                "57P01", "57P02", "57P03", "57P04", "57P05", "58000", "58030"
            })
    void a_database_that_cannot_do_it_at_present_is_no_bug(String sqlState) {
        assertThat(Diagnosis.of(new PgException("said", "ERROR", sqlState, "")).status())
                .isEqualTo(503);
        assertThat(Diagnosis.of(new CompletionException(new SQLException("said", sqlState)))
                        .status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "42601", "22001", "23505", "40002", "0A000", "25P02", "XX000", "XX001", "P0001"})
    void a_statement_that_will_never_pass_is(String sqlState) {
        assertThat(Diagnosis.of(new PgException("said", "ERROR", sqlState, "")).status())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "400,bad-request",
        "401,unauthenticated",
        "403,forbidden",
        "404,not-found",
        "405,method-not-allowed",
        "406,not-acceptable",
        "413,too-large",
        "415,unsupported-media-type",
        "429,bad-request",
        "500,internal",
        "503,unavailable"
    })
    void every_status_is_answered_as_what_it_is(int status, String slug) {
        var problem = Diagnosis.ofStatus(status);

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.type()).hasPath("/problems/" + slug);
    }

    @Test
    void says_when_to_come_back_and_how_to_authenticate() {
        assertThat(Diagnosis.of(new Overloaded()).headers()).containsEntry("Retry-After", "1");
        assertThat(Problem.unauthenticated().headers())
                .containsEntry("WWW-Authenticate", "Bearer realm=\"carillon\", ApiKey header=\"X-API-Key\"");
        assertThat(Diagnosis.ofStatus(404).headers()).isEmpty();
    }
}
