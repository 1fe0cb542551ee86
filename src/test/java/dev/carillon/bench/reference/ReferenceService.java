package dev.carillon.bench.reference;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.List;

/** A process of its own: bare Vert.x, one event loop, one table of jobs and one of what became of them. */
public final class ReferenceService {

    /** Says that it takes requests. */
    public static final String READY = "reference: ready";

    /** An object is one job, an array as many as it has elements. */
    public static final String PATH = "/jobs";

    /** As {@link #PATH}; the jobs are due tomorrow. */
    public static final String PATH_LATER = "/jobs/later";

    private static final String TABLES = """
            create table if not exists job (
              id bigint generated always as identity primary key, state smallint not null default 0, run_at timestamptz not null,
              attempt smallint not null default 0, lease_until timestamptz, payload jsonb not null) with (fillfactor = 80);
            create index if not exists job_due on job (run_at, id) where state = 0;
            create index if not exists job_leased on job (lease_until) where state = 1;
            create table if not exists job_audit (job bigint not null, at timestamptz not null default clock_timestamp(), outcome text not null)
            """;

    private final JobIntake intake;
    private final JobSender sender;

    private ReferenceService(Pool pool) {
        this.sender = new JobSender(pool);
        this.intake = new JobIntake(pool, sender::ring);
    }

    /** Arguments: its port, and address, user and password of the database. */
    public static void main(String[] arguments) {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        var database = PgConnectOptions.fromUri(arguments[1])
                .setUser(arguments[2])
                .setPassword(arguments[3])
                .setCachePreparedStatements(true)
                .addProperty("enable_seqscan", "off")
                .addProperty("enable_bitmapscan", "off");
        var pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(8))
                .connectingTo(database)
                .using(vertx)
                .build();
        var service = new ReferenceService(pool);
        pool.query(TABLES)
                .execute()
                .compose(made -> vertx.createHttpServer()
                        .requestHandler(service::accept)
                        .listen(Integer.parseInt(arguments[0]), "127.0.0.1"))
                .onSuccess(listening -> {
                    vertx.setPeriodic(1000, sweep -> service.sender.ring());
                    System.out.println(READY);
                })
                .onFailure(failure -> {
                    failure.printStackTrace();
                    vertx.close();
                });
    }

    private void accept(HttpServerRequest request) {
        boolean later = request.path().equals(PATH_LATER);
        request.body()
                .compose(body -> intake.accept(body.getByte(0) == '[' ? each(body.toJsonArray()) : one(body), later))
                .onSuccess(accepted -> request.response()
                        .setStatusCode(202)
                        .end(new JsonObject().put("accepted", accepted).toBuffer()))
                .onFailure(failure -> request.response().setStatusCode(503).end(String.valueOf(failure)));
    }

    /** Read, as whoever accepts JSON must, and stored as it came. */
    private static List<String> one(Buffer body) {
        body.toJsonObject();
        return List.of(body.toString());
    }

    private static List<String> each(JsonArray jobs) {
        return jobs.stream().map(job -> ((JsonObject) job).encode()).toList();
    }
}
