package dev.carillon.eventsourced.memory;

import dev.carillon.eventsourced.event.CustomerEvent.Cap;
import dev.carillon.eventsourced.event.CustomerEvent.CustomerUpdated;
import dev.carillon.eventsourced.event.CustomerEvent.PreferencesChanged;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.eventsourced.journal.Projection;
import dev.carillon.eventsourced.journal.RecordedEvent;
import dev.carillon.notification.preference.FrequencyCap;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.preference.QuietHours;
import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.ContactCheck;
import dev.carillon.notification.recipient.PreferencesCheck;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands on to the corridor what events say of customers: contact details, traits, preferences. */
@ApplicationScoped
class RecipientProjection implements Projection {

    private final RecipientDirectory recipients;
    private final ContactCheck contacts;
    private final PreferencesCheck choices;
    private final Json json;

    RecipientProjection(RecipientDirectory recipients, ContactCheck contacts, PreferencesCheck choices, Json json) {
        this.recipients = recipients;
        this.contacts = contacts;
        this.choices = choices;
        this.json = json;
    }

    @Override
    public Uni<Void> fold(Tx tx, List<RecordedEvent> events) {
        var said = new ArrayList<Contact>();
        var preferences = new ArrayList<PreferencesAsOf>();
        for (var recorded : events) {
            var event = recorded.event();
            var stamp = recorded.stamp();
            EventTypes.named(event.type()).map(type -> json.fromMap(event.data(), type)).ifPresent(fact -> {
                if (fact instanceof CustomerUpdated updated) {
                    said.add(new Contact(event.tenant(), updated.customerId(), details(updated, List.of(event.data(), event.traits())), false, stamp, recorded.position()));
                } else if (fact instanceof PreferencesChanged changed) {
                    preferences.add(new PreferencesAsOf(event.tenant(), changed.customerId(), preferences(changed), false, stamp, recorded.position()));
                }
            });
            if (event.subject() != null && !event.traits().isEmpty()) {
                said.add(new Contact(event.tenant(), event.subject(), contacts.check(event.traits()).said(), false, stamp, recorded.position()));
            }
        }
        return recipients.keep(tx, said).chain(() -> recipients.keepPreferences(tx, preferences));
    }

    private Preferences preferences(PreferencesChanged changed) {
        var quiet = changed.quietHours() == null ? QuietHours.NONE
                : new QuietHours(changed.quietHours().stream().map(window -> new QuietHours.Window(window.start(), window.end())).toList());
        var said = new Preferences(changed.preferences(), changed.channels(), changed.categories(), quiet, changed.timeZone(), changed.locale(),
                Boolean.TRUE.equals(changed.optedOut()), cap(changed.frequencyCap()), 0);
        return choices.check(said, null).preferences();
    }

    /** What the schema lets pass and is none all the same, such as a day with a window, is none: an event that was taken is folded. */
    private static @Nullable FrequencyCap cap(@Nullable Cap said) {
        return said == null ? null : FrequencyCap.of(said.max(), said.per(), said.window()).orElse(null);
    }

    /** With what it leaves out, or says in a way that was not taken from anybody else, which is unknown from now on. */
    private Map<String, Object> details(CustomerUpdated updated, List<Map<String, Object>> beside) {
        var details = new LinkedHashMap<String, Object>();
        details.put(Contact.NAME, updated.name());
        details.put(Contact.EMAIL, updated.email());
        details.put(Contact.PHONE, updated.phone());
        details.put(Contact.SEGMENT, updated.segment());
        var kept = contacts.check(details, beside).said();
        details.replaceAll((field, value) -> kept.get(field));
        return details;
    }
}
