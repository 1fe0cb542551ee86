package dev.carillon.notification.publishing;

import dev.carillon.platform.sql.PgRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The SQL of tests that were sent. A tenant has few: those of the last month, and so many an hour at most. */
@ApplicationScoped
class PgTemplateTests {

    static final int AN_HOUR = 30;

    private static final Duration KEPT = Duration.ofDays(30);
    private static final int SHOWN = 100;

    /** One that would be too many is not recorded. */
    static final String BEGIN = """
            with old as (delete from template_test where tenant = $2 and sent_at < $10)
            insert into template_test (id, tenant, type, version, channel, locale, recipient, sent_at, sent_by)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9
            where (select count(*) from (select 1 from template_test where tenant = $2 and sent_at > $11 limit $12) recent) < $12
            returning id
            """;

    private static final String ENDED = "update template_test set sent = $2, provider = $3, detail = $4 where id = $1";

    static final String LATEST = """
            select id, type, version, channel, locale, recipient, sent, provider, detail, sent_at, sent_by
            from template_test where tenant = $1 and type = $2 order by sent_at desc, id desc limit $3
            """;

    private final Pool pool;

    PgTemplateTests(Pool pool) {
        this.pool = pool;
    }

    /** @return whether there may be one more this hour */
    Uni<Boolean> begin(String tenant, TemplateTest test) {
        return PgRows.of(
                        pool,
                        BEGIN,
                        test.id(),
                        tenant,
                        test.type(),
                        test.version(),
                        test.channel(),
                        test.locale(),
                        test.to(),
                        test.at(),
                        test.by(),
                        test.at().minus(KEPT),
                        test.at().minus(Duration.ofHours(1)),
                        AN_HOUR)
                .first(row -> row.getString("id"))
                .map(begun -> begun.isPresent());
    }

    Uni<Void> ended(TemplateTest test) {
        return PgRows.of(pool, ENDED, test.id(), test.sent(), test.provider(), test.detail())
                .done();
    }

    /** The latest first. */
    Uni<List<TemplateTest>> latest(String tenant, String type) {
        return PgRows.of(pool, LATEST, tenant, type, SHOWN).list(PgTemplateTests::test);
    }

    private static TemplateTest test(Row row) {
        return new TemplateTest(
                row.getString("id"),
                row.getString("type"),
                row.getString("version"),
                row.getString("channel"),
                row.getString("locale"),
                row.getString("recipient"),
                row.getBoolean("sent"),
                row.getString("provider"),
                row.getString("detail"),
                at(row),
                row.getString("sent_by"));
    }

    private static Instant at(Row row) {
        return row.getOffsetDateTime("sent_at").toInstant();
    }
}
