package dev.carillon.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.impl.NoStackTraceTimeoutException;
import jakarta.ws.rs.ProcessingException;
import org.junit.jupiter.api.Test;

class DemoRunTest {

    @Test
    void a_call_that_was_not_answered_in_time_is_as_late_as_the_run() {
        assertThat(DemoRun.tookTooLong(new io.smallrye.mutiny.TimeoutException()))
                .isTrue();
        assertThat(DemoRun.tookTooLong(new ProcessingException(new NoStackTraceTimeoutException("after 30000ms"))))
                .isTrue();
        assertThat(DemoRun.tookTooLong(new IllegalStateException("of ours"))).isFalse();
    }
}
