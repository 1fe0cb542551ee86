package dev.carillon.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PgRowsTest {

    private record Line(String name, int length) {}

    private static final PgColumns<Line> LINES =
            PgColumns.<Line>of().text("name", Line::name).integer("length", Line::length);

    private static final List<Line> THREE = List.of(new Line("c", 3), new Line("a", 1), new Line("b", 2));

    private static final String LONG_ONES = "select w.* from %s where w.length > $1 order by w.name"
            .formatted(LINES.after(1).numbered("w"));

    private static final String PORTION =
            PgPortion.of("e.name, e.found", "select * from " + LINES.after(1).unnest("l"), "length", "e.name", "$1");

    @Inject
    Transactions transactions;

    @Test
    void rows_become_a_list_a_map_a_first_one_or_a_count() {
        List<String> list = in(tx -> longOnes(tx, 1).list(PgRowsTest::name));
        Map<String, Line> map = in(tx -> longOnes(tx, 0).map(PgRowsTest::name, row -> PgRows.asked(THREE, row)));
        Optional<String> first = in(tx -> longOnes(tx, 2).first(PgRowsTest::name));
        Optional<String> none = in(tx -> longOnes(tx, 3).first(PgRowsTest::name));
        int count = in(tx -> longOnes(tx, 1).count());
        boolean any = in(tx -> longOnes(tx, 3).any());

        assertThat(list).containsExactly("b", "c");
        assertThat(map.keySet()).containsExactly("a", "b", "c");
        assertThat(map.values()).extracting(Line::length).containsExactly(1, 2, 3);
        assertThat(first).hasValue("c");
        assertThat(none).isEmpty();
        assertThat(count).isEqualTo(2);
        assertThat(any).isFalse();
    }

    @Test
    void a_missing_row_is_a_failure_where_there_is_always_one() {
        assertThatThrownBy(() -> in(tx -> longOnes(tx, 3).one(PgRowsTest::name)))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void a_time_is_bound_and_read_as_it_is() {
        var noon = Instant.parse("2026-03-01T12:00:00.123456Z");
        var sql = "select $1::timestamptz as at, $2::timestamptz as never";

        Instant at = in(tx -> PgRows.of(tx, sql, noon, null).one(row -> PgTimes.instant(row, "at")));
        boolean never =
                in(tx -> PgRows.of(tx, sql, noon, null).one(row -> PgTimes.instantOrNull(row, "never") == null));

        assertThat(at).isEqualTo(noon);
        assertThat(never).isTrue();
    }

    @Test
    void a_portion_ends_with_the_row_that_fills_it_and_has_one_at_least() {
        assertThat(portion(4)).containsExactly("a3", "b3", "c3");
        assertThat(portion(3)).containsExactly("a3", "b3");
        assertThat(portion(1)).containsExactly("a3");
    }

    private List<String> portion(int most) {
        return in(tx -> PgRows.of(tx, PORTION, LINES.after(1).of(THREE, most))
                .list(row -> row.getString("name") + row.getLong("found")));
    }

    private static String name(Row row) {
        return row.getString("name");
    }

    private static PgRows longOnes(Tx tx, int length) {
        return PgRows.of(tx, LONG_ONES, LINES.after(1).of(THREE, length));
    }

    private <T> T in(Function<Tx, Uni<T>> work) {
        return transactions.inTransaction(work).await().indefinitely();
    }
}
