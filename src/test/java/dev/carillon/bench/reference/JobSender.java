package dev.carillon.bench.reference;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Claims with a lease what is due, and completes what it holds, with a record of it: loops that run until nothing is left. */
final class JobSender {

    private static final int MOST = 500;
    private static final int LOOPS = 2;

    private static final String CLAIM = """
            update job set state = 1, attempt = attempt + 1, lease_until = now() + interval '30 seconds'
            where id = any(array(select id from job where state = 0 and run_at <= now() order by run_at, id limit $1 for update skip locked))
            returning id, attempt, payload::text
            """;

    /** Only what nobody claimed again since. Its state is not asked, or the planner looks for each in the index of all that is leased. */
    private static final String COMPLETE = """
            with done as (
              update job set state = 2, lease_until = null from unnest($1::bigint[], $2::smallint[]) as held (id, attempt)
              where job.id = held.id and job.attempt = held.attempt returning job.id)
            insert into job_audit (job, outcome) select id, 'sent' from done
            """;

    private final Pool pool;
    private int running;
    private boolean rung;

    JobSender(Pool pool) {
        this.pool = pool;
    }

    void ring() {
        rung = true;
        if (running < LOOPS) {
            running++;
            again();
        }
    }

    private void again() {
        rung = false;
        pool.preparedQuery(CLAIM)
                .execute(Tuple.of(MOST))
                .compose(claimed -> claimed.size() == 0 ? Future.succeededFuture(false) : complete(claimed))
                .onComplete(worked -> {
                    if (worked.succeeded() && (worked.result() || rung)) {
                        again();
                    } else {
                        running--;
                    }
                });
    }

    private Future<Boolean> complete(RowSet<Row> claimed) {
        var ids = new Long[claimed.size()];
        var attempts = new Short[claimed.size()];
        int n = 0;
        for (var job : claimed) {
            ids[n] = job.getLong(0);
            attempts[n++] = job.getShort(1);
        }
        return pool.preparedQuery(COMPLETE)
                .execute(Tuple.tuple().addArrayOfLong(ids).addArrayOfShort(attempts))
                .map(true);
    }
}
