package dev.carillon.platform.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, Europe/Berlin",
        "europe/berlin, Europe/Berlin",
        "EUROPE/BERLIN, Europe/Berlin",
        "' Europe/Berlin ', Europe/Berlin",
        "America/New York, America/New_York",
        "UTC, UTC",
        "utc, UTC",
        "GMT, GMT",
        "US/Pacific, US/Pacific",
        "Asia/Calcutta, Asia/Calcutta",
        "Asia/Kolkata, Asia/Kolkata",
        "Europe/Kiev, Europe/Kiev",
        "Etc/GMT+5, Etc/GMT+5",
        "America/Argentina/Buenos_Aires, America/Argentina/Buenos_Aires",
        "CET, CET",
        "PRC, PRC",
        "ROC, Asia/Taipei",
        "roc, Asia/Taipei",
        "EST5EDT, EST5EDT",
        "MET, MET",
        "WET, WET",
        "GB, GB",
        "NZ, NZ"
    })
    void names_of_the_database_are_zones_old_ones_too(String written, String id) {
        assertThat(Zones.read(written)).contains(ZoneId.of(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Pacific Standard Time",
                "W. Europe Standard Time",
                "Romance Standard Time",
                "+02:00",
                "-5",
                "Z",
                "UTC+2",
                "GMT+25",
                "GMT+2",
                "UT+01:00",
                "EST",
                "est",
                "MST",
                "HST",
                "PST",
                "IST",
                "BST",
                "CST",
                "JST",
                "Berlin",
                "Europe",
                "Europe/",
                "Europe/Berlin\n/x",
                "Mars/Phobos",
                "(GMT+01:00) Berlin",
                "CEST",
                "Europe\\Berlin",
                "\u0000"
            })
    void offsets_abbreviations_and_names_of_windows_are_none(String written) {
        assertThat(Zones.read(written)).isEmpty();
    }

    @Test
    void what_is_no_text_is_none() {
        assertThat(Zones.read(2)).isEmpty();
        assertThat(Zones.read(null)).isEmpty();
    }
}
