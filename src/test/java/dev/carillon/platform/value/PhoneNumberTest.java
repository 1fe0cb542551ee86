package dev.carillon.platform.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    private static final String METADATA = "com/google/i18n/phonenumbers/data/";

    @ParameterizedTest
    @CsvSource({
        "+442079460958, +442079460958",
        "+44 (0)20 7946 0958, +442079460958",
        "(+44) 20 7946 0958, +442079460958",
        "+44.20.7946.0958, +442079460958",
        "+44-20-7946/0958, +442079460958",
        "+1 (202) 555-0101, +12025550101",
        "+49 (30) 1234-567, +49301234567",
        "+39 06 698 12345, +390669812345",
        "\u202A+44 20 7946 0958\u202C, +442079460958",
        "\u200E+442079460958\u200B, +442079460958",
        "\uFEFF+442079460958\u2060, +442079460958",
        "+44\u00A020\u00A07946\u00A00958, +442079460958",
        "+44\u202F20\u200979460958, +442079460958",
        "+44\u201120\u20117946\u20110958, +442079460958",
        "+44\u201320\u20147946\u22120958, +442079460958",
        "＋４４２０７９４６０９５８, +442079460958",
        "+٤٤٢٠٧٩٤٦٠٩٥٨, +442079460958",
        "+44（0）20 7946 0958, +442079460958"
    })
    void a_number_is_kept_as_providers_take_it(String written, String e164) {
        assertThat(PhoneNumber.read(written, null)).isEqualTo(new ParsedAddress.Address(e164));
        assertThat(PhoneNumber.read(e164, "DE")).isEqualTo(new ParsedAddress.Address(e164));
    }

    @ParameterizedTest
    @CsvSource({
        "020 7946 0958, GB, +442079460958",
        "0044 20 7946 0958, GB, +442079460958",
        "(202) 555-0101, US, +12025550101",
        "202.555.0101, CA, +12025550101",
        "030 1234567, DE, +49301234567",
        "011 44 20 7946 0958, US, +442079460958",
        "600 000 000, ES, +34600000000"
    })
    void a_national_number_belongs_to_its_country(String written, String region, String e164) {
        assertThat(PhoneNumber.read(written, region)).isEqualTo(new ParsedAddress.Address(e164));
        assertThat(PhoneNumber.read(written, null).problem()).contains("country code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "call me",
                "+",
                "12",
                "+1-555-0101",
                "+15550101",
                "+0301234567",
                "+1234567890123456",
                "+999123456789",
                "+44 20 7946 09580000",
                "+44",
                "+12025550101;ext=1",
                "+12025550101 x5",
                "+1 202 555 0101 ext. 5",
                "tel:+442079460958",
                "sms:+442079460958",
                "+1800FLOWERS",
                "+1-800-FLOWERS",
                "a+442079460958",
                "+442079460958,+442079460959",
                "+44 20 7946 0958\n",
                "+44 20\r\n7946 0958",
                "+44207946\u00000958",
                "++442079460958",
                "442079460958+",
                "ada@example.com",
                "+44*2079460958"
            })
    void what_is_no_number_is_refused(String written) {
        assertThat(PhoneNumber.read(written, null).problem()).startsWith("must be a phone number");
        assertThat(PhoneNumber.read(written, "GB").canonical()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GB, true", "gb, true", "XX, false", "United Kingdom, false", "001, false", "'', false"})
    void regions_are_countries(@Nullable String text, boolean region) {
        assertThat(PhoneNumber.isRegion(text)).isEqualTo(region);
    }

    /** Countries' plans are files that are looked up by name: a native binary has them only if it is told to. */
    @Test
    void every_country_s_plan_is_in_a_native_binary() throws Exception {
        var settings = new Properties();
        try (var file = getClass().getResourceAsStream("/application.properties")) {
            settings.load(file);
        }
        assertThat(settings.getProperty("quarkus.native.resources.includes").split(","))
                .contains(METADATA + "*");
        assertThat(PhoneNumberUtil.getInstance().getSupportedRegions())
                .hasSizeGreaterThan(200)
                .allSatisfy(region -> assertThat(
                                getClass().getResource("/" + METADATA + "PhoneNumberMetadataProto_" + region))
                        .isNotNull());
    }
}
