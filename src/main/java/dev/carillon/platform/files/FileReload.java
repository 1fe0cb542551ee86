package dev.carillon.platform.files;

import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads files that change while the service runs, all of them or none.
 *
 * <p>It reads and compares them all. A {@code WatchService} would miss changes: network mounts send no events, Kubernetes
 * replaces a mounted directory through a link, and two edits can have the same time and size. A change is taken when two
 * looks in a row see the same, so a half-written file is no change.
 *
 * @param <T> what all files say; equal if they say the same
 */
public abstract class FileReload<T> {

    private T seen;
    private @Nullable T tried;

    protected FileReload(T atStart) {
        this.seen = atStart;
        this.tried = atStart;
    }

    protected abstract T read();

    /** @return why they cannot be used, and what was in force before stays; empty if they are in force */
    protected abstract List<String> take(T files);

    /** Called with every look that fails, also with the same problems again. */
    protected abstract void refused(List<String> problems);

    /** For a worker thread, periodically. What was refused is tried again: what is missing may come. */
    public final synchronized void look() {
        try {
            var files = read();
            if (files.equals(seen) && !files.equals(tried)) {
                var problems = take(files);
                tried = problems.isEmpty() ? files : null;
                if (!problems.isEmpty()) {
                    refused(problems);
                }
            }
            seen = files;
        } catch (UncheckedIOException unreadable) {
            tried = null;
            refused(List.of(String.valueOf(unreadable.getMessage())));
        }
    }
}
