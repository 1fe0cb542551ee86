package dev.carillon.notification.recipient;

import dev.carillon.notification.template.LocaleTag;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.PhoneNumber;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A customer's country as an ISO 3166 code: the {@code country} given, else the one of a language they read. An invalid
 * country is kept as it is: reading a number in some other country could reach a stranger.
 */
final class Region {

    private static final String COUNTRY = "country";

    private Region() {}

    static Optional<String> in(Map<String, ? extends @Nullable Object> said) {
        return of(said.get(COUNTRY), said.get("locale"), said.get("language"));
    }

    /** The region of a customer whose preferences may name a language, too: that language comes first. */
    static Optional<String> of(Recipient known) {
        return of(
                known.attributes().get(COUNTRY),
                known.preferences().locale(),
                known.attributes().get("locale"),
                known.attributes().get("language"));
    }

    private static Optional<String> of(@Nullable Object country, @Nullable Object... languages) {
        return Blank.isAbsent(country)
                ? Stream.of(languages)
                        .flatMap(tag -> LocaleTag.read(tag).stream())
                        .map(Locale::getCountry)
                        .filter(PhoneNumber::isRegion)
                        .findFirst()
                : Optional.of(String.valueOf(country).strip().toUpperCase(Locale.ROOT));
    }
}
