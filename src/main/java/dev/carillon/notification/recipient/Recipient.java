package dev.carillon.notification.recipient;

import dev.carillon.notification.preference.Preferences;
import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Someone who can be told: contact details, segment, and what they want to hear.
 *
 * @param attributes whatever else is known of them, as plain values
 * @param version    counts the changes of the contact details
 */
public record Recipient(String id, @Nullable String name, @Nullable String email, @Nullable String phone, @Nullable String segment,
                        Map<String, Object> attributes, int version, Preferences preferences) {

    /** Tenant and customer: what a recipient is looked up by. */
    public record Key(String tenant, String customerId) {
    }

    /** Where they are reached on a channel; empty when they are not. */
    public Optional<String> address(String channel) {
        return Optional.ofNullable(switch (channel) {
            case "email" -> email;
            case "sms" -> phone;
            default -> attributes.get(channel) instanceof String address ? address : null;
        }).filter(address -> !address.isBlank());
    }

    /** Where they live by the clock; empty when it is not known. */
    public Optional<ZoneId> zone() {
        return Stream.of("timeZone", "time_zone").map(attributes::get)
                .filter(value -> value instanceof String name && ZoneId.getAvailableZoneIds().contains(name))
                .map(name -> ZoneId.of((String) name)).findFirst();
    }

    /** What rules and templates may see: attributes first, so that none can pose as the name or the id. */
    public Map<String, Object> asFacts() {
        var facts = new LinkedHashMap<String, Object>(attributes);
        facts.put("id", id);
        facts.put("name", name == null ? "" : name);
        facts.put("segment", segment == null ? "" : segment);
        return facts;
    }
}
