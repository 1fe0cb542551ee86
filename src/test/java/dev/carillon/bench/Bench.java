package dev.carillon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How much is measured: a long run, or a short one with {@code -Dbench.quick}; each number can be set by its own property. */
final class Bench {

    static final boolean QUICK = flag("bench.quick");

    /** Each work is measured so often, in turns; the table says what was in the middle. */
    static final int ROUNDS = number("bench.rounds", 3, 1);

    /** Items, one a request. */
    static final int MEASURED = number("bench.measured", 20_000, 10_000);

    static final int WARM_UP = number("bench.warm-up", 100_000, 30_000);

    /** Items, where one is as small as in a large call or a backlog. */
    static final int BACKLOG = number("bench.backlog", 50_000, 50_000);

    static final int CLIENTS = number("bench.clients", 128, 128);
    static final int CUSTOMERS = number("bench.customers", 1_000, 1_000);

    /** Items a second, where they come evenly. */
    static final int RATE = number("bench.rate", 2_000, 2_000);

    static final int SECONDS = number("bench.seconds", 12, 8);

    /** Rates tried until the highest is found that is kept up, each for so long. */
    static final int STEPS = number("bench.kept-up.steps", 5, 4);

    static final int STEP_SECONDS = number("bench.kept-up.seconds", 6, 4);

    /** Where the highest rate is looked for: from a third of this to one and a third. */
    static final int KEPT_UP_AROUND = number("bench.kept-up.around", 6_000, 6_000);

    /** Notifications that wait for another day, and as many that were sent in the last eight weeks. */
    static final int PAST = number("bench.past", 1_000_000, 100_000);

    static final int CARTS = number("bench.carts", 100_000, 20_000);
    static final int STARTS = number("bench.starts", 3, 1);

    private static final List<String> ONLY = List.of(
            System.getProperty("bench.only", "").toUpperCase(Locale.ROOT).split(","));

    private Bench() {}

    /** With {@code -Dbench.only=W1,W3} only those whose title begins so. */
    static boolean wants(String title) {
        return ONLY.stream().anyMatch(title.toUpperCase(Locale.ROOT)::startsWith);
    }

    static boolean flag(String name) {
        var value = System.getProperty(name);
        return value != null && !value.equals("false");
    }

    static Path newDirectory() {
        return Path.of("target", "bench", Long.toString(System.nanoTime())).toAbsolutePath();
    }

    /** A million notifications are some gigabytes. */
    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static int number(String name, int usual, int quick) {
        return Integer.getInteger(name, QUICK ? quick : usual);
    }
}
