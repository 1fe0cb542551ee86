package dev.carillon.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where it was measured: figures of different machines cannot be compared, and those of a busy one mean little. */
final class Surroundings {

    private final String began = load();

    private Surroundings() {}

    static Surroundings now() {
        return new Surroundings();
    }

    String words(Database database) throws Exception {
        return String.format(
                Locale.ROOT,
                "%s%s, %d cores of %s, Linux; load average %s before and %s after; JDK %s; PostgreSQL %s with %s.",
                LocalDate.now(ZoneOffset.UTC),
                properties(),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                began,
                load(),
                Runtime.version(),
                database.text("show server_version"),
                database.text("""
                        select string_agg(name || ' = ' || current_setting(name), ', ' order by name) from pg_settings
                        where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size', 'checkpoint_timeout')
                        """));
    }

    private static String properties() {
        var set = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("bench.") && !name.equals("bench.docs"))
                .sorted()
                .map(name -> "`-D" + name + "=" + System.getProperty(name) + "`")
                .collect(Collectors.joining(" "));
        return set.isEmpty() ? "" : ", with " + set;
    }

    private static String processor() throws Exception {
        var cpuinfo = Path.of("/proc/cpuinfo");
        return Files.exists(cpuinfo)
                ? Files.readAllLines(cpuinfo).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 2))
                        .findFirst()
                        .orElse("an unknown kind")
                : "an unknown kind";
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
