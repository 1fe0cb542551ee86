package dev.carillon.platform.value;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parses time zones by their IANA names, including old ones ({@code PRC}, {@code ROC}, {@code EST5EDT}), in any case
 * ({@code europe/berlin}). Offsets are refused, because they have no summer time, and so are {@code EST}, {@code MST}
 * and {@code HST}, which are offsets too: someone in New York means {@code America/New_York}. Other abbreviations are
 * refused as well (IST is India, Israel and Ireland), and so are Windows names.
 */
public final class Zones {

    /** The error text for an invalid zone. */
    public static final String FORM = "is not a known time zone, such as Europe/Berlin";

    /** Java releases do not agree on these: some know them as zones. */
    private static final Set<String> ABBREVIATIONS = ZoneId.SHORT_IDS.keySet();

    /** A link of the database that Java leaves out. */
    private static final Map<String, String> LEFT_OUT = Map.of("ROC", "Asia/Taipei");

    private static final Map<String, String> NAMES = names();

    private Zones() {}

    private static Map<String, String> names() {
        var names = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        names.putAll(LEFT_OUT);
        ZoneId.getAvailableZoneIds().stream()
                .filter(name -> !ABBREVIATIONS.contains(name) && !name.startsWith("SystemV/"))
                .forEach(name -> names.put(name, name));
        return names;
    }

    /** Empty for what is the name of none; {@code id()} of the zone is how the name is written. */
    public static Optional<ZoneId> read(@Nullable Object written) {
        return written instanceof String text
                ? Optional.ofNullable(NAMES.get(Invisible.dropped(text).replace(' ', '_')))
                        .map(ZoneId::of)
                : Optional.empty();
    }
}
