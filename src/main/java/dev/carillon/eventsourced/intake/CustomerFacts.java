package dev.carillon.eventsourced.intake;

import dev.carillon.eventsourced.event.CustomerEvent.CustomerUpdated;
import dev.carillon.eventsourced.event.CustomerEvent.PreferencesChanged;
import dev.carillon.eventsourced.event.EventTypes;
import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.QuietHours;
import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.ContactCheck;
import dev.carillon.notification.recipient.PreferencesCheck;
import dev.carillon.notification.recipient.RecipientKey;
import dev.carillon.platform.json.Json;
import dev.carillon.platform.rest.Problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks what events say about customers by the rules of the customers API: both doors are equally strict. */
@ApplicationScoped
class CustomerFacts {

    private static final String CUSTOMER = "customerId";

    private final ContactCheck contacts;
    private final PreferencesCheck preferences;
    private final Json json;

    CustomerFacts(ContactCheck contacts, PreferencesCheck preferences, Json json) {
        this.contacts = contacts;
        this.preferences = preferences;
        this.json = json;
    }

    /**
     * The errors in data that already fits its type's schema; pointers are into the data.
     *
     * @param traits what the sender says of the customer besides
     */
    List<FieldError> wrongIn(
            String type, Map<String, Object> data, Map<String, Object> traits, RequestContext arrival) {
        var fact = EventTypes.named(type).orElse(null);
        if (fact == CustomerUpdated.class) {
            return contacts.check(
                            details(data),
                            List.of(data, traits),
                            region(arrival, data.get(CUSTOMER) instanceof String id ? id : null))
                    .errors();
        }
        return fact == PreferencesChanged.class
                ? wrongIn(json.fromMap(data, PreferencesChanged.class), arrival)
                : List.of();
    }

    /** The errors in an event's traits; pointers are into the traits. */
    List<FieldError> wrongInTraits(Map<String, Object> traits, @Nullable String customer, RequestContext arrival) {
        var errors =
                contacts.check(traits, List.of(), region(arrival, customer)).errors();
        if (errors.isEmpty() && customer != null) {
            arrival.regions().heard(new RecipientKey(arrival.tenant(), customer), traits);
        }
        return errors;
    }

    private static Supplier<Optional<String>> region(RequestContext arrival, @Nullable String customer) {
        return customer == null
                ? Optional::empty
                : () -> arrival.regions().of(new RecipientKey(arrival.tenant(), customer));
    }

    private static Map<String, @Nullable Object> details(Map<String, Object> data) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        List.of(Contact.NAME, Contact.EMAIL, Contact.PHONE, Contact.SEGMENT)
                .forEach(field -> details.put(field, data.get(field)));
        return details;
    }

    private List<FieldError> wrongIn(PreferencesChanged changed, RequestContext arrival) {
        var quiet = changed.quietHours() == null
                ? QuietHours.NONE
                : new QuietHours(changed.quietHours().stream()
                        .map(window -> new QuietHours.Window(window.start(), window.end()))
                        .toList());
        var cap = changed.frequencyCap() == null
                ? null
                : new PreferencesCheck.CapText(
                        changed.frequencyCap().per(), changed.frequencyCap().window());
        var errors = preferences
                .check(
                        new Preferences(
                                changed.preferences(),
                                changed.channels(),
                                changed.categories(),
                                quiet,
                                changed.timeZone(),
                                changed.locale(),
                                false,
                                null,
                                0),
                        cap)
                .errors();
        if (errors.isEmpty() && changed.locale() != null) {
            arrival.regions()
                    .heard(
                            new RecipientKey(arrival.tenant(), changed.customerId()),
                            Map.of("locale", changed.locale()));
        }
        return errors;
    }
}
