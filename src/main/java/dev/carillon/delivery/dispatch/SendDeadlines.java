package dev.carillon.delivery.dispatch;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Ends sends that a provider never answers, so that they do not hold their places for ever. The sweep checks the
 * deadlines: a timer for each send would keep every delivery in memory until its timer has run out.
 */
@ApplicationScoped
class SendDeadlines {

    private final Set<Deadline<?>> waits = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    SendDeadlines(Clock clock) {
        this.clock = clock;
    }

    /**
     * The result of {@code work}. If there is none by {@code deadline}, cancels it and fails with a {@link
     * TimeoutException}.
     */
    <T> Uni<T> until(Instant deadline, Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            var wait = new Deadline<T>(deadline, emitter);
            waits.add(wait);
            emitter.onTermination(() -> waits.remove(wait));
            wait.work = work.subscribe().with(wait::answered, wait::failed);
        });
    }

    /** Fails what is overdue. */
    void look() {
        if (!waits.isEmpty()) {
            var now = clock.instant();
            waits.forEach(wait -> wait.giveUpAfterDeadline(now));
        }
    }

    /** How many answers are waited for. */
    int waiting() {
        return waits.size();
    }

    private final class Deadline<T> {

        private final Instant deadline;
        private final UniEmitter<? super T> emitter;
        private volatile @Nullable Cancellable work;

        Deadline(Instant deadline, UniEmitter<? super T> emitter) {
            this.deadline = deadline;
            this.emitter = emitter;
        }

        void answered(T answer) {
            waits.remove(this);
            emitter.complete(answer);
        }

        void failed(Throwable failure) {
            waits.remove(this);
            emitter.fail(failure);
        }

        void giveUpAfterDeadline(Instant now) {
            var running = work;
            if (now.isAfter(deadline) && waits.remove(this)) {
                if (running != null) {
                    running.cancel();
                }
                emitter.fail(new TimeoutException());
            }
        }
    }
}
