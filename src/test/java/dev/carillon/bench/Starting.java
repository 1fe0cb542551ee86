package dev.carillon.bench;

import dev.carillon.platform.postgres.EmbeddedPostgres;
import dev.carillon.platform.postgres.EmbeddedPostgresSettings;
import dev.carillon.testing.PackagedService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A start with a database that knows the schema, until requests are taken. */
final class Starting {

    private Starting() {}

    /** @return rows of the table */
    static List<String> rows() throws Exception {
        var directory = Bench.newDirectory();
        var rows = rows(directory);
        Bench.delete(directory);
        return rows;
    }

    private static List<String> rows(Path directory) throws Exception {
        try (var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres")))) {
            var environment = Carillon.environment(postgres);
            PackagedService.launchToMeasure(directory, environment)
                    .awaitStarted()
                    .close();
            PackagedService.launchAsDelivered(directory, environment)
                    .awaitStarted()
                    .close(); // leaves its class archive
            return List.of(
                    row("`java -jar`", () -> PackagedService.launchToMeasure(directory, environment)),
                    row(
                            "`target/quarkus-app/carillon`",
                            () -> PackagedService.launchAsDelivered(directory, environment)));
        }
    }

    private interface Launch {
        PackagedService launch() throws Exception;
    }

    private static String row(String title, Launch launch) throws Exception {
        var seconds = new ArrayList<Double>();
        var cpu = new ArrayList<Double>();
        for (int n = 0; n < Bench.STARTS; n++) {
            long began = System.nanoTime();
            try (var service = launch.launch().awaitStarted()) {
                cpu.add(ProcessCpu.of(service.pid()) / 1e6);
                seconds.add((System.nanoTime() - began) / 1e9);
            }
        }
        return String.format(
                Locale.ROOT, "| %s | %.1f s | %.1f s |", title, Results.middle(seconds), Results.middle(cpu));
    }
}
