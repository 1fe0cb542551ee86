package dev.carillon.apidriven.api;

import dev.carillon.notification.recipient.Contact;
import dev.carillon.notification.recipient.Recipient;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Contact details and attributes; what is left out is unknown from now on.
 *
 * @param attributes whatever else is known: push tokens, a webhook's URL, the time zone, what rules ask for
 */
@RegisterForReflection
@Schema(name = "Customer", description = "Contact details and attributes; what is left out is unknown from now on.")
record CustomerBody(
        @Schema(description = "As templates address them", examples = "Alice Johnson")
        @Nullable @Size(max = 200, message = "must have at most 200 characters") @NoControls String name,
        @Schema(description = "Where email goes", examples = "alice@example.com")
        @Nullable @Size(max = 254, message = "must have at most 254 characters")
        @Pattern(regexp = "[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+", message = "must be an email address") String email,
        @Schema(description = "Where SMS go", examples = "+1-555-0101")
        @Nullable @Pattern(regexp = "\\+?[0-9][0-9 ().-]{5,24}", message = "must be a phone number") String phone,
        @Schema(description = "What rules may choose by", examples = "gold")
        @Nullable @Size(max = 50, message = "must have at most 50 characters") @NoControls String segment,
        @Schema(description = "Whatever else is known, as plain values or lists of them: `ios` and `android` are where push goes, `webhook` is "
                + "the customer's endpoint, `timeZone` whose day it is, `locale` which language; rules and templates may use all of them",
                examples = "{\"ios\":\"740f4707bebcf74f\",\"timeZone\":\"Europe/Berlin\"}")
        @Nullable Map<String, @Nullable Object> attributes,
        @Schema(description = "Counts the changes. Sent along, it must be current (0: none yet), or it is a 409", examples = "1")
        @Nullable @PositiveOrZero(message = "must not be negative") Integer version) {

    Map<String, @Nullable Object> details() {
        var details = new LinkedHashMap<String, @Nullable Object>(attributes == null ? Map.of() : attributes);
        details.put(Contact.NAME, name);
        details.put(Contact.EMAIL, email);
        details.put(Contact.PHONE, phone);
        details.put(Contact.SEGMENT, segment);
        return details;
    }

    static CustomerBody of(Recipient known) {
        return new CustomerBody(known.name(), known.email(), known.phone(), known.segment(), new LinkedHashMap<>(known.attributes()), known.version());
    }
}
