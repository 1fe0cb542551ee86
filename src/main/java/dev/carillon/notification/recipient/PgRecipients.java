package dev.carillon.notification.recipient;

import static dev.carillon.platform.sql.PgArrays.texts;
import static dev.carillon.platform.sql.PgArrays.times;

import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.PgTx;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Customers and preferences, as SQL. */
@ApplicationScoped
class PgRecipients {

    private static final String FIND = """
            select c.tenant, c.id, c.name, c.email, c.phone, c.segment, c.attributes::text as attributes, c.version,
                   p.choices::text as choices, p.version as preferences_version
            from (select distinct tenant, id from unnest($1::text[], $2::text[]) as t(tenant, id)) asked
            join customer c using (tenant, id)
            left join preference p on p.tenant = c.tenant and p.customer_id = c.id
            """;

    private static final String SEGMENT = """
            select id from customer where tenant = $1 and segment = $2 and id > $3 order by id limit $4
            """;

    /** Of several for one customer in the batch only the latest is offered: a row can be updated once a statement. */
    private static final String UPSERT = """
            insert into customer as c (tenant, id, name, email, phone, segment, attributes, as_of)
            select distinct on (tenant, id) tenant, id, name, email, phone, segment, attributes::json, as_of
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[]) with ordinality
              as t(tenant, id, name, email, phone, segment, attributes, as_of, n)
            order by tenant, id, as_of desc, n desc
            on conflict (tenant, id) do update set name = excluded.name, email = excluded.email, phone = excluded.phone,
              segment = excluded.segment, attributes = excluded.attributes, as_of = excluded.as_of, version = c.version + 1
            where excluded.as_of >= c.as_of
            """;

    private static final String UPSERT_PREFERENCES = """
            insert into preference as p (tenant, customer_id, choices, as_of)
            select distinct on (tenant, customer_id) tenant, customer_id, choices::json, as_of
            from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) with ordinality as t(tenant, customer_id, choices, as_of, n)
            order by tenant, customer_id, as_of desc, n desc
            on conflict (tenant, customer_id) do update set choices = excluded.choices, as_of = excluded.as_of, version = p.version + 1
            where excluded.as_of >= p.as_of
            """;

    private final Json json;

    PgRecipients(Json json) {
        this.json = json;
    }

    Uni<Map<Recipient.Key, Recipient>> find(Tx tx, List<Recipient.Key> keys) {
        return PgTx.connection(tx).preparedQuery(FIND)
                .execute(Tuple.of(texts(keys, Recipient.Key::tenant), texts(keys, Recipient.Key::customerId)))
                .map(rows -> {
                    var found = new HashMap<Recipient.Key, Recipient>();
                    rows.forEach(row -> found.put(new Recipient.Key(row.getString("tenant"), row.getString("id")), recipient(row)));
                    return found;
                });
    }

    Uni<List<String>> segment(Tx tx, String tenant, String segment, String after, int limit) {
        return PgTx.connection(tx).preparedQuery(SEGMENT).execute(Tuple.of(tenant, segment, after, limit)).map(rows -> {
            var ids = new ArrayList<String>();
            rows.forEach(row -> ids.add(row.getString("id")));
            return ids;
        });
    }

    Uni<Void> upsert(Tx tx, List<Contact> contacts) {
        return PgTx.connection(tx).preparedQuery(UPSERT).execute(Tuple.tuple()
                .addArrayOfString(texts(contacts, Contact::tenant))
                .addArrayOfString(texts(contacts, Contact::customerId))
                .addArrayOfString(texts(contacts, Contact::name))
                .addArrayOfString(texts(contacts, Contact::email))
                .addArrayOfString(texts(contacts, Contact::phone))
                .addArrayOfString(texts(contacts, Contact::segment))
                .addArrayOfString(texts(contacts, contact -> json.write(contact.attributes())))
                .addArrayOfOffsetDateTime(times(contacts, c -> c.asOf())))
                .replaceWithVoid();
    }

    Uni<Void> upsertPreferences(Tx tx, List<PreferencesAsOf> preferences) {
        return PgTx.connection(tx).preparedQuery(UPSERT_PREFERENCES).execute(Tuple.of(
                texts(preferences, PreferencesAsOf::tenant),
                texts(preferences, PreferencesAsOf::customerId),
                texts(preferences, one -> json.write(one.preferences())),
                times(preferences, p -> p.asOf()))).replaceWithVoid();
    }

    private Recipient recipient(Row row) {
        var choices = row.getString("choices");
        var preferences = choices == null ? Preferences.NONE
                : json.read(choices, Preferences.class).inVersion(row.getInteger("preferences_version"));
        return new Recipient(row.getString("id"), row.getString("name"), row.getString("email"), row.getString("phone"),
                row.getString("segment"), json.map(row.getString("attributes")), row.getInteger("version"), preferences);
    }
}
