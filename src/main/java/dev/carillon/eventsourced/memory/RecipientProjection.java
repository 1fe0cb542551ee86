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
import dev.carillon.notification.recipient.KnownRegions;
import dev.carillon.notification.recipient.PreferencesCheck;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes contact details, traits and preferences from events on to the recipients. */
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
        return KnownRegions.reading(known -> said(events, known), asked -> recipients.regions(tx, asked))
                .chain(said -> recipients
                        .keep(tx, said.contacts())
                        .chain(() -> recipients.keepPreferences(tx, said.preferences())));
    }

    private record Said(List<Contact> contacts, List<PreferencesAsOf> preferences) {}

    private Said said(List<RecordedEvent> events, KnownRegions regions) {
        var said = new Said(new ArrayList<>(), new ArrayList<>());
        for (var recorded : events) {
            var event = recorded.event();
            var stamp = recorded.stamp();
            EventTypes.named(event.type())
                    .map(type -> json.fromMap(event.data(), type))
                    .ifPresent(fact -> {
                        if (fact instanceof CustomerUpdated updated) {
                            var region = region(regions, event.tenant(), updated.customerId());
                            said.contacts()
                                    .add(new Contact(
                                            event.tenant(),
                                            updated.customerId(),
                                            details(updated, List.of(event.data(), event.traits()), region),
                                            false,
                                            stamp,
                                            recorded.position()));
                        } else if (fact instanceof PreferencesChanged changed) {
                            var chosen = preferences(changed);
                            said.preferences()
                                    .add(new PreferencesAsOf(
                                            event.tenant(),
                                            changed.customerId(),
                                            chosen,
                                            false,
                                            stamp,
                                            recorded.position()));
                            if (chosen.locale() != null) {
                                regions.heard(
                                        new RecipientKey(event.tenant(), changed.customerId()),
                                        Map.of("locale", chosen.locale()));
                            }
                        }
                    });
            if (event.subject() != null && !event.traits().isEmpty()) {
                var traits = contacts.check(event.traits(), List.of(), region(regions, event.tenant(), event.subject()))
                        .said();
                said.contacts()
                        .add(new Contact(event.tenant(), event.subject(), traits, false, stamp, recorded.position()));
                regions.heard(new RecipientKey(event.tenant(), event.subject()), traits);
            }
        }
        return said;
    }

    private static Supplier<Optional<String>> region(KnownRegions regions, String tenant, String customer) {
        return () -> regions.of(new RecipientKey(tenant, customer));
    }

    private Preferences preferences(PreferencesChanged changed) {
        var quiet = changed.quietHours() == null
                ? QuietHours.NONE
                : new QuietHours(changed.quietHours().stream()
                        .map(window -> new QuietHours.Window(window.start(), window.end()))
                        .toList());
        var said = new Preferences(
                changed.preferences(),
                changed.channels(),
                changed.categories(),
                quiet,
                changed.timeZone(),
                changed.locale(),
                Boolean.TRUE.equals(changed.optedOut()),
                cap(changed.frequencyCap()),
                0);
        return choices.check(said, null).preferences();
    }

    /**
     * A cap that passes the schema but is invalid, such as a day with a window, counts as none: a recorded event must
     * be folded.
     */
    private static @Nullable FrequencyCap cap(@Nullable Cap said) {
        return said == null
                ? null
                : FrequencyCap.of(said.max(), said.per(), said.window()).orElse(null);
    }

    /** The details, where fields that are left out or invalid become unknown. */
    private Map<String, Object> details(
            CustomerUpdated updated, List<Map<String, Object>> beside, Supplier<Optional<String>> region) {
        var details = new LinkedHashMap<String, Object>();
        details.put(Contact.NAME, updated.name());
        details.put(Contact.EMAIL, updated.email());
        details.put(Contact.PHONE, updated.phone());
        details.put(Contact.SEGMENT, updated.segment());
        var kept = contacts.check(details, beside, region).said();
        details.replaceAll((field, value) -> kept.get(field));
        return details;
    }
}
