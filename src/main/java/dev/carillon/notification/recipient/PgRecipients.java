package dev.carillon.notification.recipient;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.preference.Suppression;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.lww.LatestFields;
import dev.carillon.platform.lww.Stamp;
import dev.carillon.platform.sql.PgColumns;
import dev.carillon.platform.sql.PgRows;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The SQL of customers and preferences as they are now. Every change leaves a version behind. */
@ApplicationScoped
class PgRecipients {

    private static final TypeReference<List<Suppression>> SUPPRESSIONS = new TypeReference<>() {};

    static final PgColumns<RecipientKey> KEYS =
            PgColumns.<RecipientKey>of().text("tenant", RecipientKey::tenant).text("id", RecipientKey::customerId);

    private static final PgColumns<CustomerVersion> CUSTOMERS = KEYS.in(CustomerVersion::key)
            .bigint("position", CustomerVersion::position)
            .integer("version", CustomerVersion::version)
            .text("name", one -> one.detail(Contact.NAME))
            .text("email", one -> one.detail(Contact.EMAIL))
            .text("phone", one -> one.detail(Contact.PHONE))
            .text("segment", one -> one.detail(Contact.SEGMENT))
            .json("attributes", CustomerVersion::attributes)
            .json("state", CustomerVersion::state)
            .bool("changed", CustomerVersion::changed);

    private static final PgColumns<PreferencesAsOf> PREFERENCES = PgColumns.<PreferencesAsOf>of()
            .text("tenant", PreferencesAsOf::tenant)
            .text("customer_id", PreferencesAsOf::customerId)
            .json("choices", PreferencesAsOf::preferences)
            .bool("direct", PreferencesAsOf::direct)
            .time("as_of", one -> one.stamp().at())
            .bigint("as_of_position", one -> one.stamp().position())
            .text("event_id", one -> one.stamp().by())
            .bigint("position", PreferencesAsOf::position);

    /**
     * The result holds as of the journal's position in the same snapshot, because whoever changes any of it holds the
     * journal.
     */
    private static final String FIND = """
            select c.tenant, c.id, c.name, c.email, c.phone, c.segment, c.attributes::text as attributes, c.version,
                   p.choices::text as choices, p.version as preferences_version, h.position as as_of, %s as suppressions
            from (select distinct tenant, id from %s) asked
            join customer c using (tenant, id)
            left join preference p on p.tenant = c.tenant and p.customer_id = c.id
            cross join journal_head h
            """.formatted(suppressions("true", "true"), KEYS.unnest("t"));

    /** An append takes its positions here too, so every change has its place between the events. */
    private static final String NEXT_POSITION = "update journal_head set position = position + 1 returning position";

    /** Recorded as events are, so that none that comes later is recorded earlier. */
    private static final String NEXT_ACT = """
            update journal_head set position = position + 1, recorded_at = greatest(least(recorded_at, $1::timestamptz + interval '1 minute'), $1)
            returning position, recorded_at
            """;

    /** For an unknown customer, the last version before their erasure: versions never start again. */
    private static final String KNOWN = """
            select asked.tenant, asked.id, c.state::text as state, coalesce(c.version,
              (select max(e.customer_version) from erasure e where e.tenant = asked.tenant and e.customer_id = asked.id), 0) as version
            from (select distinct tenant, id from %s) asked
            left join customer c using (tenant, id)
            """.formatted(KEYS.unnest("t"));

    /** The last of a customer's versions becomes the present. */
    private static final String KEEP = """
            with news as (
              select * from %s
            ), versions as (
              insert into customer_version (tenant, id, position, version, name, email, phone, segment, attributes)
              select tenant, id, position, version, name, email, phone, segment, attributes::json from news where changed
            )
            insert into customer (tenant, id, name, email, phone, segment, attributes, state, version)
            select distinct on (tenant, id) tenant, id, name, email, phone, segment, attributes::json, state::json, version from news
            order by tenant, id, n desc
            on conflict (tenant, id) do update set name = excluded.name, email = excluded.email, phone = excluded.phone,
              segment = excluded.segment, attributes = excluded.attributes, state = excluded.state, version = excluded.version
            """.formatted(CUSTOMERS.numbered("t"));

    /**
     * Of several changes for one customer in the batch only the latest is written, because a statement can update a row
     * only once. A direct change comes alone and needs no time: it holds the journal, so it comes after everything
     * recorded.
     */
    private static final String KEEP_PREFERENCES = """
            with said as (
              select distinct on (tenant, customer_id) *
              from %s
              order by tenant, customer_id, direct desc, as_of desc, as_of_position desc, event_id collate "C" desc
            ), kept as (
              insert into preference as p (tenant, customer_id, choices, as_of, as_of_position, event_id, version)
              select tenant, customer_id, choices::json, as_of, as_of_position, event_id, 1 + coalesce(
                (select max(e.preference_version) from erasure e where e.tenant = said.tenant and e.customer_id = said.customer_id), 0) from said
              on conflict (tenant, customer_id) do update set choices = excluded.choices, as_of = excluded.as_of,
                as_of_position = excluded.as_of_position, event_id = excluded.event_id, version = p.version + 1
              where (select direct from said s where s.tenant = p.tenant and s.customer_id = p.customer_id)
                or (excluded.as_of, excluded.as_of_position, excluded.event_id) > (p.as_of, p.as_of_position, p.event_id)
              returning tenant, customer_id, version, choices
            )
            insert into preference_version (tenant, customer_id, position, version, choices)
            select k.tenant, k.customer_id, s.position, k.version, k.choices from kept k join said s using (tenant, customer_id)
            """.formatted(PREFERENCES.unnest("t"));

    private final Json json;
    private final Clock clock;

    PgRecipients(Json json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * The suppressed addresses of the customer {@code c}, and why: for each address and cause the newest entry, the
     * oldest first. Addresses are compared as in {@code Suppression.comparable}. Attributes are searched only if
     * anything but mail and phones is suppressed at all.
     *
     * @param word  which entries {@code a} on an address count
     * @param later which later ones {@code l} take their place
     */
    static String suppressions(String word, String later) {
        return """
                (select json_agg(json_build_object('channel', a.channel, 'address', a.address, 'cause', a.cause, 'since', a.since) order by a.position, a.cause)::text
                 from address_suppression a
                 where a.tenant = c.tenant and not a.lifted and %s and a.address = any(
                   array[lower(c.email collate "C"), translate(c.phone, ' ().-/', '')]
                   || case when exists (select 1 from address_suppression o where o.tenant = c.tenant and o.channel not in ('email', 'sms'))
                           then array(select value from json_each_text(c.attributes)) end)
                 and not exists (
                   select 1 from address_suppression l where l.tenant = a.tenant and l.address = a.address and l.channel = a.channel
                     and l.cause = a.cause and l.position > a.position and %s))""".formatted(word, later);
    }

    Uni<Map<RecipientKey, Recipient>> find(Tx tx, List<RecipientKey> keys) {
        return PgRows.of(tx, FIND, KEYS.of(keys)).map(PgRecipients::key, row -> recipient(row, json));
    }

    Uni<Long> nextPosition(Tx tx) {
        return PgRows.of(tx, NEXT_POSITION).one(row -> row.getLong("position"));
    }

    Uni<Stamp> nextAct(Tx tx) {
        return PgRows.of(tx, NEXT_ACT, clock.instant())
                .one(row -> new Stamp(PgTimes.instant(row, "recorded_at"), row.getLong("position"), ""));
    }

    Uni<Map<RecipientKey, CustomerVersion>> known(Tx tx, List<RecipientKey> keys) {
        return PgRows.of(tx, KNOWN, KEYS.of(keys)).map(PgRecipients::key, row -> {
            var state = row.getString("state");
            var version = row.getInteger("version");
            return state == null
                    ? CustomerVersion.nobody(key(row), version)
                    : new CustomerVersion(key(row), json.read(state, LatestFields.class), version, 0, false);
        });
    }

    Uni<Void> keep(Tx tx, List<CustomerVersion> news) {
        return PgRows.of(tx, KEEP, CUSTOMERS.of(json, news)).done();
    }

    Uni<Void> keepPreferences(Tx tx, List<PreferencesAsOf> preferences) {
        return PgRows.of(tx, KEEP_PREFERENCES, PREFERENCES.of(json, preferences))
                .done();
    }

    private static RecipientKey key(Row row) {
        return new RecipientKey(row.getString("tenant"), row.getString("id"));
    }

    static Recipient recipient(Row row, Json json) {
        var choices = row.getString("choices");
        var preferences = choices == null
                ? Preferences.NONE
                : json.read(choices, Preferences.class).inVersion(row.getInteger("preferences_version"));
        return new Recipient(
                row.getString("id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("segment"),
                json.map(row.getString("attributes")),
                row.getInteger("version"),
                preferences,
                suppressions(row, json),
                row.getLong("as_of"));
    }

    private static List<Suppression> suppressions(Row row, Json json) {
        var suppressions = row.getString("suppressions");
        return suppressions == null ? List.of() : json.read(suppressions, SUPPRESSIONS);
    }
}
