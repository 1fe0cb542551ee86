package dev.carillon.notification.recipient;

import dev.carillon.notification.template.LocaleTag;
import dev.carillon.platform.address.PhoneNumber;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** In which country somebody is, as ISO 3166 has it: the {@code country} that is said, else the one of a language they read. */
final class Region {

    private static final String COUNTRY = "country";

    private Region() {
    }

    static Optional<String> in(Map<String, ? extends @Nullable Object> said) {
        return of(said.get(COUNTRY), said.get("locale"), said.get("language"));
    }

    /** Of somebody whose preferences name a language, too: that one first. */
    static Optional<String> of(Recipient known) {
        return of(known.attributes().get(COUNTRY), known.preferences().locale(), known.attributes().get("locale"), known.attributes().get("language"));
    }

    private static Optional<String> of(@Nullable Object country, @Nullable Object... languages) {
        return Stream.concat(Stream.ofNullable(country).filter(String.class::isInstance).map(String.class::cast).map(String::strip),
                        Stream.of(languages).flatMap(tag -> LocaleTag.read(tag).stream()).map(Locale::getCountry))
                .filter(PhoneNumber::isRegion).map(region -> region.toUpperCase(Locale.ROOT)).findFirst();
    }
}
