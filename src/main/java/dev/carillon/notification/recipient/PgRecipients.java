package dev.carillon.notification.recipient;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.preference.Suppression;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.lww.LatestFields;
import dev.carillon.platform.lww.Stamp;
import dev.carillon.platform.sql.PgTimes;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL of customers and preferences as they are now. Every change leaves a version behind. */
@ApplicationScoped
class PgRecipients {

    private static final TypeReference<List<Suppression>> SUPPRESSIONS = new TypeReference<>() {};

    /**
     * The result holds as of the journal's position in the same snapshot, because whoever changes any of it holds the
     * journal.
     */
    private static final String FIND = """
            select c.tenant, c.id, c.name, c.email, c.phone, c.segment, c.attributes::text as attributes, c.version,
                   p.choices::text as choices, p.version as preferences_version, h.position as as_of, %s as suppressions
            from (select distinct tenant, id from unnest($1::text[], $2::text[]) as t(tenant, id)) asked
            join customer c using (tenant, id)
            left join preference p on p.tenant = c.tenant and p.customer_id = c.id
            cross join journal_head h
            """.formatted(suppressions("true", "true"));

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
            from (select distinct tenant, id from unnest($1::text[], $2::text[]) as t(tenant, id)) asked
            left join customer c using (tenant, id)
            """;

    /** The last of a customer's versions becomes the present. */
    private static final String KEEP = """
            with news as (
              select * from unnest($1::text[], $2::text[], $3::bigint[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::boolean[])
                with ordinality as t(tenant, id, position, version, name, email, phone, segment, attributes, state, changed, n)
            ), versions as (
              insert into customer_version (tenant, id, position, version, name, email, phone, segment, attributes)
              select tenant, id, position, version, name, email, phone, segment, attributes::json from news where changed
            )
            insert into customer (tenant, id, name, email, phone, segment, attributes, state, version)
            select distinct on (tenant, id) tenant, id, name, email, phone, segment, attributes::json, state::json, version from news
            order by tenant, id, n desc
            on conflict (tenant, id) do update set name = excluded.name, email = excluded.email, phone = excluded.phone,
              segment = excluded.segment, attributes = excluded.attributes, state = excluded.state, version = excluded.version
            """;

    /**
     * Of several changes for one customer in the batch only the latest is written, because a statement can update a row
     * only once. A direct change comes alone and needs no time: it holds the journal, so it comes after everything
     * recorded.
     */
    private static final String KEEP_PREFERENCES = """
            with said as (
              select distinct on (tenant, customer_id) *
              from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::timestamptz[], $6::bigint[], $7::text[], $8::bigint[])
                as t(tenant, customer_id, choices, direct, as_of, as_of_position, event_id, position)
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
            """;

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

    Uni<Map<Recipient.RecipientKey, Recipient>> find(Tx tx, List<Recipient.RecipientKey> keys) {
        return PgTx.connection(tx)
                .preparedQuery(FIND)
                .execute(Tuple.of(
                        texts(keys, Recipient.RecipientKey::tenant), texts(keys, Recipient.RecipientKey::customerId)))
                .map(rows -> {
                    var found = new HashMap<Recipient.RecipientKey, Recipient>();
                    rows.forEach(row -> found.put(
                            new Recipient.RecipientKey(row.getString("tenant"), row.getString("id")), recipient(row)));
                    return found;
                });
    }

    Uni<Long> nextPosition(Tx tx) {
        return PgTx.connection(tx)
                .query(NEXT_POSITION)
                .execute()
                .map(rows -> rows.iterator().next().getLong("position"));
    }

    Uni<Stamp> nextAct(Tx tx) {
        return PgTx.connection(tx)
                .preparedQuery(NEXT_ACT)
                .execute(Tuple.of(PgTimes.at(clock.instant())))
                .map(rows -> rows.iterator().next())
                .map(row -> new Stamp(row.getOffsetDateTime("recorded_at").toInstant(), row.getLong("position"), ""));
    }

    Uni<Map<Recipient.RecipientKey, CustomerVersion>> known(Tx tx, List<Recipient.RecipientKey> keys) {
        return PgTx.connection(tx)
                .preparedQuery(KNOWN)
                .execute(Tuple.of(
                        texts(keys, Recipient.RecipientKey::tenant), texts(keys, Recipient.RecipientKey::customerId)))
                .map(rows -> {
                    var known = new HashMap<Recipient.RecipientKey, CustomerVersion>();
                    rows.forEach(row -> {
                        var key = new Recipient.RecipientKey(row.getString("tenant"), row.getString("id"));
                        var state = row.getString("state");
                        known.put(
                                key,
                                state == null
                                        ? CustomerVersion.nobody(key, row.getInteger("version"))
                                        : new CustomerVersion(
                                                key,
                                                json.read(state, LatestFields.class),
                                                row.getInteger("version"),
                                                0,
                                                false));
                    });
                    return known;
                });
    }

    Uni<Void> keep(Tx tx, List<CustomerVersion> news) {
        return PgTx.connection(tx)
                .preparedQuery(KEEP)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(news, n -> n.key().tenant()))
                        .addArrayOfString(texts(news, n -> n.key().customerId()))
                        .addArrayOfLong(
                                news.stream().map(CustomerVersion::position).toArray(Long[]::new))
                        .addArrayOfInteger(
                                news.stream().map(CustomerVersion::version).toArray(Integer[]::new))
                        .addArrayOfString(texts(news, n -> n.detail(Contact.NAME)))
                        .addArrayOfString(texts(news, n -> n.detail(Contact.EMAIL)))
                        .addArrayOfString(texts(news, n -> n.detail(Contact.PHONE)))
                        .addArrayOfString(texts(news, n -> n.detail(Contact.SEGMENT)))
                        .addArrayOfString(texts(news, n -> json.write(n.attributes())))
                        .addArrayOfString(texts(news, n -> json.write(n.state())))
                        .addArrayOfBoolean(
                                news.stream().map(CustomerVersion::changed).toArray(Boolean[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> keepPreferences(Tx tx, List<PreferencesAsOf> preferences) {
        return PgTx.connection(tx)
                .preparedQuery(KEEP_PREFERENCES)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(preferences, PreferencesAsOf::tenant))
                        .addArrayOfString(texts(preferences, PreferencesAsOf::customerId))
                        .addArrayOfString(texts(preferences, one -> json.write(one.preferences())))
                        .addArrayOfBoolean(preferences.stream()
                                .map(PreferencesAsOf::direct)
                                .toArray(Boolean[]::new))
                        .addArrayOfOffsetDateTime(
                                times(preferences, p -> p.stamp().at()))
                        .addArrayOfLong(preferences.stream()
                                .map(p -> p.stamp().position())
                                .toArray(Long[]::new))
                        .addArrayOfString(texts(preferences, p -> p.stamp().by()))
                        .addArrayOfLong(preferences.stream()
                                .map(PreferencesAsOf::position)
                                .toArray(Long[]::new)))
                .replaceWithVoid();
    }

    private Recipient recipient(Row row) {
        return recipient(row, json);
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
