package dev.carillon.bench.reference;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Commits what came meanwhile in one statement, and answers after the commit. */
final class JobIntake {

    private static final int MOST = 500;
    private static final int IN_FLIGHT = 2;
    private static final int WAITING = 20_000;

    private static final String INSERT = """
            insert into job (run_at, payload)
            select now() + later * interval '1 day', payload::jsonb from unnest($1::text[], $2::integer[]) as new (payload, later)
            """;

    private record Waiting(List<String> payloads, boolean later, Promise<Integer> accepted) {}

    private final Pool pool;
    private final Runnable bell;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int inFlight;

    JobIntake(Pool pool, Runnable bell) {
        this.pool = pool;
        this.bell = bell;
    }

    Future<Integer> accept(List<String> payloads, boolean later) {
        if (waiting.size() >= WAITING) {
            return Future.failedFuture("too much is waiting");
        }
        Promise<Integer> accepted = Promise.promise();
        waiting.add(new Waiting(payloads, later, accepted));
        flush();
        return accepted.future();
    }

    private void flush() {
        if (inFlight == IN_FLIGHT || waiting.isEmpty()) {
            return;
        }
        inFlight++;
        var batch = new ArrayList<Waiting>();
        var payloads = new ArrayList<String>();
        var later = new ArrayList<Integer>();
        while (!waiting.isEmpty() && payloads.size() < MOST) {
            var next = waiting.remove();
            batch.add(next);
            payloads.addAll(next.payloads());
            next.payloads().forEach(payload -> later.add(next.later() ? 1 : 0));
        }
        pool.preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addArrayOfString(payloads.toArray(String[]::new))
                        .addArrayOfInteger(later.toArray(Integer[]::new)))
                .onComplete(committed -> {
                    inFlight--;
                    for (var request : batch) {
                        if (committed.succeeded()) {
                            request.accepted().complete(request.payloads().size());
                        } else {
                            request.accepted().fail(committed.cause());
                        }
                    }
                    bell.run();
                    flush();
                });
    }
}
