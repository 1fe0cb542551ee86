package dev.carillon.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.platform.json.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PgColumnsTest {

    private record Place(String town, int floor) {}

    private record Letter(String id, Place place, @Nullable Instant due) {}

    private static final PgColumns<Place> PLACE =
            PgColumns.<Place>of().text("town", Place::town).integer("floor", Place::floor);

    private static final PgColumns<Letter> LETTER = PgColumns.<Letter>of()
            .text("id", Letter::id)
            .and(PLACE.in(Letter::place))
            .time("due_at", Letter::due)
            .json("content", letter -> Map.of("of", letter.id()));

    private static final Json JSON = new Json(new ObjectMapper());

    private static final List<Letter> TWO = List.of(
            new Letter("a", new Place("Bern", 3), Instant.parse("2026-03-01T10:00:00.123456789Z")),
            new Letter("b", new Place("Basel", 0), null));

    @Test
    void a_column_is_named_typed_and_numbered_once() {
        assertThat(LETTER.unnest("w"))
                .isEqualTo("unnest($1::text[], $2::text[], $3::integer[], $4::timestamptz[], $5::text[])"
                        + " as w(id, town, floor, due_at, content)");
        assertThat(PLACE.numbered("w"))
                .isEqualTo("unnest($1::text[], $2::integer[]) with ordinality as w(town, floor, n)");
        assertThat(LETTER.values()).isEqualTo("id, town, floor, due_at, content::json");
        assertThat(PLACE.insertInto("place"))
                .isEqualTo("insert into place (town, floor) select town, floor"
                        + " from unnest($1::text[], $2::integer[]) as t(town, floor)");
    }

    @Test
    void a_batch_is_an_array_for_each_column() {
        var batch = LETTER.of(JSON, TWO);

        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.values().getValue(0)).isEqualTo(new String[] {"a", "b"});
        assertThat(batch.values().getValue(1)).isEqualTo(new String[] {"Bern", "Basel"});
        assertThat(batch.values().getValue(2)).isEqualTo(new Integer[] {3, 0});
        assertThat(batch.values().getValue(3))
                .isEqualTo(new OffsetDateTime[] {OffsetDateTime.parse("2026-03-01T10:00:00.123456Z"), null});
        assertThat(batch.values().getValue(4)).isEqualTo(new String[] {"{\"of\":\"a\"}", "{\"of\":\"b\"}"});
    }

    @Test
    void the_statements_own_parameters_come_first() {
        var after = PLACE.after(2);
        var batch = after.of(List.of(new Place("Bern", 3)), "door", Instant.EPOCH);

        assertThat(after.unnest("w")).startsWith("unnest($3::text[], $4::integer[])");
        assertThat(batch.values().size()).isEqualTo(4);
        assertThat(batch.values().getValue(0)).isEqualTo("door");
        assertThat(batch.values().getValue(1)).isEqualTo(OffsetDateTime.parse("1970-01-01T00:00Z"));
        assertThat(batch.values().getValue(2)).isEqualTo(new String[] {"Bern"});
    }

    @Test
    void a_forgotten_parameter_is_a_failure_and_no_shift() {
        assertThatThrownBy(() -> PLACE.after(2).of(List.of(), "door")).hasMessageContaining("2 parameters");
        assertThatThrownBy(() -> PLACE.of(List.of(), "door")).hasMessageContaining("0 parameters");
    }

    @Test
    void an_array_alone_is_one_parameter() {
        assertThat(PgRows.bound(new String[] {"a", "b"})).containsExactly((Object) new String[] {"a", "b"});
        assertThat(PgRows.bound(new Object[] {"a", "b"})).containsExactly("a", "b");
    }

    @Test
    void a_batch_of_nothing_is_not_sent() {
        Tx closed = new Tx() {};
        var nothing = PgRows.of(closed, PLACE.insertInto("place"), PLACE.of(List.of()));

        assertThat(nothing.count().await().indefinitely()).isZero();
        assertThat(nothing.list(row -> row).await().indefinitely()).isEmpty();
        assertThat(nothing.map(row -> row, row -> row).await().indefinitely()).isEmpty();
        assertThat(nothing.first(row -> row).await().indefinitely()).isEmpty();
        assertThat(nothing.done().await().indefinitely()).isNull();
    }
}
