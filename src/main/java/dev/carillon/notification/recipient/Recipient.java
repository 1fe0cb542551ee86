package dev.carillon.notification.recipient;

import dev.carillon.notification.preference.Preferences;
import dev.carillon.notification.preference.Suppression;
import dev.carillon.notification.template.LocaleTag;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.Zones;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A customer who can be notified: contact details, segment and preferences.
 *
 * @param attributes whatever else is known of them, as plain values
 * @param version    counts the changes of the contact details
 * @param suppressions of any of their addresses
 * @param asOf       the journal's position: what was said of them up to it is in here
 */
public record Recipient(
        String id,
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String segment,
        Map<String, Object> attributes,
        int version,
        Preferences preferences,
        List<Suppression> suppressions,
        long asOf) {

    /** A recipient without suppressed addresses. */
    public Recipient(
            String id,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String segment,
            Map<String, Object> attributes,
            int version,
            Preferences preferences) {
        this(id, name, email, phone, segment, attributes, version, preferences, List.of(), 0);
    }

    /** The same as of a later position, up to which nothing else was said of them. */
    Recipient unchangedUntil(long position) {
        return position <= asOf
                ? this
                : new Recipient(
                        id, name, email, phone, segment, attributes, version, preferences, suppressions, position);
    }

    /** The address on a channel; empty if there is none. */
    public Optional<String> address(String channel) {
        return Optional.ofNullable(
                        switch (channel) {
                            case "email" -> email;
                            case "sms" -> phone;
                            default -> attributes.get(channel) instanceof String address ? address : null;
                        })
                .filter(address -> !Blank.is(address));
    }

    /** Why nothing goes to their address on a channel; empty when something may. */
    public Optional<Suppression> suppression(String channel) {
        return suppressions.isEmpty()
                ? Optional.empty()
                : address(channel)
                        .flatMap(address -> suppressions.stream()
                                .filter(one -> one.concerns(channel, address))
                                .findFirst());
    }

    /** The time zone they live in: what they said with their preferences first, and only where there is such a one. */
    public Optional<ZoneId> zone() {
        return Stream.of(preferences.timeZone(), attributes.get("timeZone"), attributes.get("time_zone"))
                .flatMap(name -> Zones.read(name).stream())
                .findFirst();
    }

    /** The language they read: what they said with their preferences first, and only where it is one. */
    public Optional<Locale> locale() {
        return Stream.of(preferences.locale(), attributes.get("locale"), attributes.get("language"))
                .flatMap(tag -> LocaleTag.read(tag).stream())
                .findFirst();
    }

    /** The facts that rules and templates see. Attributes come first, so that none can pose as the name or the id. */
    public Map<String, Object> asFacts() {
        var facts = new LinkedHashMap<String, Object>(attributes);
        facts.put("id", id);
        facts.put("name", name == null ? "" : name);
        facts.put("segment", segment == null ? "" : segment);
        return facts;
    }
}
