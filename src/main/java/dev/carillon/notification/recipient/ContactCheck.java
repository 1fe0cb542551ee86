package dev.carillon.notification.recipient;

import dev.carillon.delivery.Channels;
import dev.carillon.notification.template.LocaleTag;
import dev.carillon.platform.json.JsonLimits;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.EmailAddress;
import dev.carillon.platform.value.ParsedAddress;
import dev.carillon.platform.value.PhoneNumber;
import dev.carillon.platform.value.Zones;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Validates and normalises contact details: reachable addresses, existing time zones and languages, plain values. The
 * API and events both use it, so both doors refuse the same input.
 */
@Startup // a wrong setting stops the start
@ApplicationScoped
public class ContactCheck {

    private static final int MOST = 100;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_LIST = 50;
    private static final int LONGEST = 32_768;
    private static final Map<String, Integer> LINES = Map.of(Contact.NAME, 200, Contact.SEGMENT, 50);
    private static final Set<String> ZONES = Set.of("timeZone", "time_zone");
    private static final Set<String> LANGUAGES = Set.of("locale", "language");
    /**
     * Channels whose addresses are contact details. Other channels' addresses are attributes with the channel's name.
     */
    private static final Set<String> DETAILS = Set.of("email", "sms");

    private static final String ID = "id";

    private final @Nullable String defaultRegion;
    private final Channels channels;

    public ContactCheck(
            @ConfigProperty(name = "carillon.default-region") Optional<String> defaultRegion, Channels channels) {
        defaultRegion.filter(region -> !PhoneNumber.isRegion(region)).ifPresent(none -> {
            throw new ConfigurationException("carillon.default-region=" + none + " is no country such as GB");
        });
        this.defaultRegion =
                defaultRegion.map(region -> region.toUpperCase(Locale.ROOT)).orElse(null);
        this.channels = channels;
    }

    /**
     * The normalised contact details, without the invalid fields.
     *
     * @param said   a blank text is an absent one: null
     * @param errors pointers are into what was said
     */
    public record CheckedContact(Map<String, @Nullable Object> said, List<FieldError> errors) {}

    /** Contact details by their names in {@link Contact}, and attributes by any other. */
    public CheckedContact check(Map<String, ? extends @Nullable Object> said) {
        return check(said, List.of(), Optional::empty);
    }

    /**
     * Checks contact details. The country of a phone number without one is the one given now, else the customer's known
     * one, else the configured one.
     *
     * @param beside what comes with it and is not checked here; it may say the country
     * @param known  the country that the customer is known to be in; only asked where it counts
     */
    public CheckedContact check(
            Map<String, ? extends @Nullable Object> said,
            List<Map<String, Object>> beside,
            Supplier<Optional<String>> known) {
        var look = new Look(() -> Region.in(said)
                .or(() -> beside.stream()
                        .flatMap(other -> Region.in(other).stream())
                        .findFirst())
                .or(known)
                .orElse(defaultRegion));
        if (said.size() > MOST) {
            look.errors.add(new FieldError("must have at most " + MOST + " members", ""));
        } else {
            said.forEach(look::at);
        }
        if (look.length > LONGEST) {
            look.errors.add(new FieldError("must have at most " + LONGEST + " characters in all", ""));
        }
        return new CheckedContact(look.kept, look.errors);
    }

    /** The channels on which customers have addresses, in the order of the alphabet. */
    public Set<String> channels() {
        return channels.withAddresses();
    }

    /** An address of a channel, as it is kept and compared. */
    public ParsedAddress address(String channel, String written) {
        return switch (channel) {
            case "email" -> EmailAddress.read(written);
            case "sms" -> PhoneNumber.read(written, defaultRegion);
            default -> channels.address(channel, written);
        };
    }

    /** One run of the check. */
    private final class Look {

        private final Supplier<@Nullable String> region;
        private final Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        private final List<FieldError> errors = new ArrayList<>();
        private int length;

        private Look(Supplier<@Nullable String> region) {
            this.region = region;
        }

        private void at(String name, @Nullable Object value) {
            if (Blank.is(name) || name.length() > LONGEST_NAME || hasControls(name)) {
                errors.add(new FieldError(
                        "must have only names of 1 to " + LONGEST_NAME + " characters without control characters", ""));
                return;
            }
            length += name.length();
            var pointer = Pointers.step(name);
            if (name.equals(ID)) {
                errors.add(new FieldError("is a field of its own, and no attribute", pointer));
            } else if (Blank.isAbsent(value)) {
                kept.put(name, null);
            } else if (name.equals(Contact.EMAIL)) {
                text(value, pointer).ifPresent(text -> address(name, EmailAddress.read(text), pointer));
            } else if (name.equals(Contact.PHONE)) {
                text(value, pointer).ifPresent(text -> address(name, phone(text), pointer));
            } else if (LINES.containsKey(name)) {
                text(value, pointer).ifPresent(text -> line(name, text.strip(), pointer));
            } else if (ZONES.contains(name)) {
                Zones.read(value)
                        .ifPresentOrElse(
                                zone -> kept.put(name, zone.getId()),
                                () -> errors.add(new FieldError(Zones.FORM, pointer)));
            } else if (LANGUAGES.contains(name) && LocaleTag.read(value).isEmpty()) {
                errors.add(new FieldError(LocaleTag.IN_WORDS, pointer));
            } else if (channels.hasAddresses(name) && !DETAILS.contains(name)) {
                channelAddress(name, value, pointer);
            } else if (value instanceof List<?> list) {
                list(name, list, pointer);
            } else if (isPlain(value, pointer)) {
                kept.put(name, value);
            }
        }

        private Optional<String> text(Object value, String pointer) {
            if (value instanceof String text) {
                length += text.length();
                return Optional.of(text);
            }
            errors.add(new FieldError("must be a string", pointer));
            return Optional.empty();
        }

        private ParsedAddress phone(String text) {
            var international = PhoneNumber.read(text, null);
            return international.canonical().isPresent() ? international : PhoneNumber.read(text, region.get());
        }

        /** Checks the address of push and similar channels. */
        private void channelAddress(String channel, Object value, String pointer) {
            if (!(value instanceof String text)) {
                errors.add(new FieldError("must be a string: it is where " + channel + " goes", pointer));
            } else if (isPlain(text, pointer)) {
                address(channel, channels.address(channel, text), pointer);
            }
        }

        private void address(String name, ParsedAddress written, String pointer) {
            written.canonical()
                    .ifPresentOrElse(
                            address -> kept.put(name, address),
                            () -> errors.add(new FieldError(String.valueOf(written.problem()), pointer)));
        }

        private void line(String name, String text, String pointer) {
            if (hasControls(text)) {
                errors.add(new FieldError("must hold no control characters", pointer));
            } else if (text.length() > LINES.get(name)) {
                errors.add(new FieldError("must have at most " + LINES.get(name) + " characters", pointer));
            } else {
                kept.put(name, text);
            }
        }

        private void list(String name, List<?> list, String pointer) {
            if (list.size() > LONGEST_LIST) {
                errors.add(new FieldError("must have at most " + LONGEST_LIST + " values", pointer));
                return;
            }
            boolean plain = true;
            for (int index = 0; index < list.size(); index++) {
                plain &= isPlain(list.get(index), pointer + "/" + index);
            }
            if (plain) {
                kept.put(name, list);
            }
        }

        private boolean isPlain(@Nullable Object value, String pointer) {
            if (value instanceof String text) {
                length += text.length();
                if (text.length() <= LONGEST_TEXT && !hasControls(text)) {
                    return true;
                }
                errors.add(new FieldError(
                        "must have at most " + LONGEST_TEXT + " characters, none of them a control character",
                        pointer));
                return false;
            }
            if (value instanceof Number number && !JsonLimits.isOf64Bits(number)) {
                errors.add(new FieldError("must be a number of 64 bits", pointer));
                return false;
            }
            if (value instanceof Number || value instanceof Boolean) {
                return true;
            }
            errors.add(new FieldError("must be a string, a number, true, false, or a list of such values", pointer));
            return false;
        }

        private boolean hasControls(String text) {
            return text.chars().anyMatch(Character::isISOControl);
        }
    }
}
