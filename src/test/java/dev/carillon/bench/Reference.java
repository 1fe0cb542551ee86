package dev.carillon.bench;

import dev.carillon.bench.reference.ReferenceService;
import dev.carillon.platform.postgres.EmbeddedPostgres;
import dev.carillon.platform.postgres.EmbeddedPostgresSettings;
import dev.carillon.testing.PackagedService;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** The {@linkplain ReferenceService reference}, with the same settings of PostgreSQL and requests of the same size as Carillon has. */
final class Reference implements Contender {

    private static final String OPEN =
            "not exists (select from job where state = 0 and run_at <= now()) and not exists (select from job where state = 1)";

    private final EmbeddedPostgres postgres;
    private final Process process;
    private final Database database;
    private final Meter meter;
    private final HttpLoad http;
    private int next;

    private Reference(EmbeddedPostgres postgres, Process process, int port) throws Exception {
        this.postgres = postgres;
        this.process = process;
        this.database = new Database(postgres.address(), "public");
        this.meter = new Meter(process.pid(), postgres.pid(), database, new Statements(database));
        this.http = new HttpLoad(Vertx.vertx(), port, "");
    }

    static Reference start(Path directory) throws Exception {
        var postgres = EmbeddedPostgres.start(
                EmbeddedPostgresSettings.in(directory.resolve("postgres")).withServerSettings(Statements.settings()));
        int port = PackagedService.freePort();
        var output = directory.resolve("service.log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ReferenceService.class.getName(),
                        Integer.toString(port),
                        postgres.address().reactiveUrl(),
                        postgres.address().user(),
                        postgres.address().password())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(output).contains(ReferenceService.READY));
        return new Reference(postgres, process, port);
    }

    @Override
    public HttpLoad http() {
        return http;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public int numbers(int count) {
        next += count;
        return next - count;
    }

    @Override
    public Buffer one(int number) {
        return http.post(ReferenceService.PATH, Carillon.notification(number, ""));
    }

    @Override
    public Buffer oneForLater(int number) {
        return http.post(ReferenceService.PATH_LATER, Carillon.notification(number, ""));
    }

    @Override
    public Buffer many(int number, int count) {
        return http.post(ReferenceService.PATH, array(number, count));
    }

    @Override
    public Buffer manyForLater(int number, int count) {
        return http.post(ReferenceService.PATH_LATER, array(number, count));
    }

    private static String array(int number, int count) {
        return IntStream.range(number, number + count)
                .mapToObj(n -> Carillon.notification(n, ""))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public void due(int count) throws Exception {
        database.run("insert into job (run_at, payload) select now(), '%s' from generate_series(1, %d)"
                .formatted(Carillon.notification(0, ""), count));
    }

    @Override
    public void forgetLater() throws Exception {
        database.run("delete from job where state = 0 and run_at > now()");
        database.run("vacuum analyze job");
    }

    @Override
    public long sent() throws Exception {
        return database.number("select count(*) from job_audit");
    }

    @Override
    public double secondsOfSending(String since) throws Exception {
        return database.seconds(
                "select extract(epoch from max(at) - min(at)) from job_audit where at >= '" + since + "'");
    }

    @Override
    public void drained() throws Exception {
        database.until(OPEN);
    }

    @Override
    public Quantiles sentAfter(String since) throws Exception {
        return database.quantiles("""
                select 1000 * q[1], 1000 * q[2], 1000 * q[3] from (
                  select percentile_cont(array[0.5, 0.99, 1]) within group (order by extract(epoch from a.at - j.run_at)) as q
                  from job_audit a join job j on j.id = a.job where j.run_at >= '%s') measured""".formatted(since));
    }

    @Override
    public void close() throws Exception {
        http.close();
        database.close();
        process.destroy();
        process.waitFor();
        postgres.close();
    }
}
