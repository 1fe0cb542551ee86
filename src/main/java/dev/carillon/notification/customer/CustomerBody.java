package dev.carillon.notification.customer;

import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.ContactCheck;
import dev.carillon.notification.recipient.ContactCheck.CheckedContact;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.Versioned;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Contact details and attributes. A field that is left out becomes unknown.
 *
 * @param attributes whatever else is known: push tokens, a webhook's URL, the time zone, what rules ask for
 */
@RegisterForReflection
@Schema(name = "Customer", description = "Contact details and attributes; what is left out is removed.")
record CustomerBody(
        @Schema(description = "The name templates use", maxLength = 200, examples = "Alice Johnson") @Nullable
        String name,

        @Schema(
                description = "The address for email, without a name; stored with its domain in lower-case A-labels",
                maxLength = 254,
                examples = "alice@example.com")
        @Nullable
        String email,

        @Schema(
                description =
                        "The number for SMS, in any notation; stored as E.164. Without its country code it needs `country`, or a `locale` with a "
                                + "country, among the attributes or stored already, else `carillon.default-region`",
                examples = "+12025550101")
        @Nullable
        String phone,

        @Schema(description = "A segment that rules may select by", maxLength = 50, examples = "gold") @Nullable
        String segment,

        @Schema(
                description =
                        "Any other attributes, as plain values or lists of them: `ios` and `android` are where push goes, `webhook` is "
                                + "the customer's endpoint, `timeZone` the time zone, `locale` the language; rules and templates may use all of them",
                examples = "{\"ios\":\"740f4707bebcf74f\",\"timeZone\":\"Europe/Berlin\"}")
        @Nullable
        Map<String, @Nullable Object> attributes,

        @Schema(
                description = "Counts the changes. If sent, it must be current (0: none yet), otherwise 409",
                examples = "1")
        @Nullable
        @PositiveOrZero(message = "must not be negative")
        Integer version)
        implements Versioned {

    private static final String ATTRIBUTES = "/attributes";
    private static final Set<String> FIELDS = Set.of(Contact.NAME, Contact.EMAIL, Contact.PHONE, Contact.SEGMENT);

    /**
     * The normalised contact details, and the errors in them.
     *
     * @param known the country they are known to be in
     */
    CheckedContact checked(ContactCheck check, Supplier<Optional<String>> known) {
        var details = new LinkedHashMap<String, @Nullable Object>(attributes == null ? Map.of() : attributes);
        ProblemException.ifAny(FIELDS.stream()
                .filter(details::containsKey)
                .sorted()
                .map(field ->
                        new FieldError("is a field of its own, and no attribute", ATTRIBUTES + Pointers.step(field)))
                .toList());
        details.put(Contact.NAME, name);
        details.put(Contact.EMAIL, email);
        details.put(Contact.PHONE, phone);
        details.put(Contact.SEGMENT, segment);
        var checked = check.check(details, List.of(), known);
        return new CheckedContact(
                checked.said(),
                checked.errors().stream().map(CustomerBody::placed).toList());
    }

    private static FieldError placed(FieldError error) {
        var isField = FIELDS.stream().anyMatch(field -> error.pointer().equals(Pointers.step(field)));
        return isField ? error : new FieldError(error.detail(), ATTRIBUTES + error.pointer());
    }

    static CustomerBody of(Recipient known) {
        return new CustomerBody(
                known.name(),
                known.email(),
                known.phone(),
                known.segment(),
                new LinkedHashMap<>(known.attributes()),
                known.version());
    }
}
