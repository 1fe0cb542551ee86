package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.notification.template.Rendered.RenderedText;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words are found for which language, and how amounts and dates are written in them. */
class LanguagesTest {

    private static final String PRICED = """
            description: A type for a test
            category: news
            channels: [sms]
            variables:
              price: { type: number, required: true, example: 1, description: Any }
              at:    { type: timestamp, required: true, example: '2024-06-05', description: Any }
            """;

    @ParameterizedTest
    @CsvSource({
        "de, Hallo",
        "de-AT, Servus",
        "de-AT-vienna, Servus",
        "de-CH, Hallo",
        "fr, Hello",
        "en, Hello",
        "en-GB, Hullo",
        "en-US, Hello"
    })
    void the_nearest_words_there_are(String wanted, String found) {
        // Given
        var templates = Scratch.saying("Hello")
                .with("SCRATCH/sms.de.txt", "Hallo")
                .with("SCRATCH/sms.de-AT.txt", "Servus")
                .with("SCRATCH/sms.en-GB.txt", "Hullo")
                .templates();

        // Then
        assertThat(said(templates, wanted, Map.of("word", "x")).text()).isEqualTo(found);
    }

    @Test
    void a_type_may_be_written_in_another_language_than_english() {
        // Given
        var scratch = Scratch.saying("Hallo");
        var templates = scratch.with("SCRATCH/type.yaml", scratch.read("SCRATCH/type.yaml") + "locale: de\n")
                .with("SCRATCH/sms.en.txt", "Hello")
                .with("SCRATCH/sms.de-AT.txt", "Servus")
                .templates();

        // Then
        assertThat(said(templates, "fr", Map.of("word", "x")).text()).isEqualTo("Hallo");
        assertThat(said(templates, "en-GB", Map.of("word", "x")).text()).isEqualTo("Hello");
        assertThat(said(templates, "de-AT", Map.of("word", "x")).text()).isEqualTo("Servus");
        assertThat(said(templates, "de-CH", Map.of("word", "x")).edition().locale())
                .isEqualTo(Locale.GERMAN);
        assertThat(templates.folder("SCRATCH").orElseThrow().locales("sms")).containsExactly("de", "de-AT", "en");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de     | Am 5. Juni 2024: 1.234,50 €",
                "de-CH  | Am 5. Juni 2024: EUR 1’234.50",
                "en     | On June 5, 2024: €1234.50",
                "en-GB  | On 5 June 2024: €1234.50",
                "fr     | On June 5, 2024: €1234.50"
            })
    void amounts_and_dates_are_written_as_the_words_are(String wanted, String expected) {
        // Given
        var templates = Scratch.saying("On {at.day}: {price.money('EUR')}")
                .with("SCRATCH/type.yaml", PRICED)
                .with("SCRATCH/sms.de.txt", "Am {at.day}: {price.money('EUR')}")
                .templates();

        // Then
        assertThat(said(templates, wanted, Map.of("price", 1234.5, "at", "2024-06-05"))
                        .text())
                .isEqualTo(expected);
    }

    @Test
    void a_currency_nobody_knows_and_an_amount_below_zero_have_a_form_in_every_language() {
        assertThat(AmountFunctions.money(new BigDecimal("-1234.505"), "EUR", Locale.GERMAN))
                .isEqualTo("-1.234,505 €");
        assertThat(AmountFunctions.money(new BigDecimal("12"), "POINTS", Locale.GERMAN))
                .isEqualTo("12,00 POINTS");
        assertThat(AmountFunctions.money(new BigDecimal("12"), "JPY", Locale.FRENCH))
                .isEqualTo("12 JPY");
        assertThat(AmountFunctions.money(new BigDecimal("12"), null, Locale.GERMAN))
                .isEqualTo("12,00 $");
    }

    @Test
    void a_region_says_only_what_it_says_differently() {
        // Given
        var templates = mail().with("SCRATCH/email.subject.de.txt", "Betreff")
                .with("SCRATCH/email.de.txt", "Hallo")
                .with("SCRATCH/email.de.html", "<p>Hallo</p>")
                .with("SCRATCH/email.subject.de-AT.txt", "Betreff, bitte")
                .templates();

        // When
        var content = (RenderedText) templates.render(
                "SCRATCH", "email", Reader.of(Locale.forLanguageTag("de-AT"), Map.of()), Map.of("word", "x"));

        // Then
        assertThat(content.subject()).isEqualTo("Betreff, bitte");
        assertThat(content.text()).isEqualTo("Hallo\n");
        assertThat(content.html()).isEqualTo("<p>Hallo</p>\n");
    }

    @Test
    void half_a_translation_is_refused() {
        refused(mail().with("SCRATCH/email.de.txt", "Hallo"), "notifications/SCRATCH/email.subject.de.txt: is missing");
        refused(
                mail().with("SCRATCH/email.subject.de.txt", "Betreff"),
                "notifications/SCRATCH/email.de.txt: is missing");
        refused(
                mail().with("SCRATCH/email.subject.de.txt", "Betreff").with("SCRATCH/email.de.txt", "Hallo"),
                "notifications/SCRATCH/email.de.html: is missing");
    }

    @Test
    void a_language_that_is_misspelt_or_there_twice_is_refused() {
        refused(
                Scratch.saying("Hello").with("SCRATCH/sms.german.txt", "Servus"),
                "sms.german.txt: belongs to none of the channels");
        refused(
                Scratch.saying("Hello").with("SCRATCH/sms.de-.txt", "Servus"),
                "sms.de-.txt: belongs to none of the channels");
        refused(
                Scratch.saying("Hello").with("SCRATCH/sms.de_AT.txt", "Servus").with("SCRATCH/sms.de-at.txt", "Servus"),
                "is what SCRATCH/sms.de");
        refused(
                Scratch.saying("Hello").with("SCRATCH/sms.EN.txt", "Hello"),
                "is what sms.txt is: the type is written in en");
        refused(Scratch.saying("Hello").with("_layout/sms.german.txt", "Servus"), "is no layout's name");
        refused(
                Scratch.saying("Hello").with("SCRATCH/sms.en.txt", "Hello"),
                "sms.en.txt: is what sms.txt is: the type is written in en");
        refused(
                Scratch.saying("Hello").with("SCRATCH/sms.subject.html", "Hello"),
                "sms.subject.html: belongs to none of the channels");
    }

    @Test
    void every_translation_is_proven_on_the_examples_as_well() {
        refused(
                Scratch.saying("{word}").with("SCRATCH/sms.de.txt", "Hallo\n{wort}"),
                "notifications/SCRATCH/sms.de.txt:2: ");
    }

    @Test
    void a_layout_in_the_language_of_the_words_goes_before_the_common_one() {
        // Given
        var templates = Scratch.saying("{#include _layout/sms.txt}{word}{/include}")
                .with("_layout/sms.txt", "Hi {#insert}{/insert}")
                .with("SCRATCH/sms.de.txt", "{#include _layout/sms.txt}{word}!{/include}")
                .with("_layout/sms.de.txt", "Hallo {#insert}{/insert}")
                .with("SCRATCH/sms.de-AT.txt", "{#include _layout/sms.txt}{word}, gell{/include}")
                .with("SCRATCH/sms.fr.txt", "{#include _layout/sms.txt}{word} ?{/include}")
                .templates();

        // Then
        assertThat(said(templates, "en", Map.of("word", "x")).text()).isEqualTo("Hi x");
        assertThat(said(templates, "de", Map.of("word", "x")).text()).isEqualTo("Hallo x!");
        assertThat(said(templates, "de-AT", Map.of("word", "x")).text()).isEqualTo("Hallo x, gell");
        assertThat(said(templates, "fr", Map.of("word", "x")).text()).isEqualTo("Hi x ?");
    }

    @Test
    void what_is_shipped_in_german_is_german_from_head_to_foot() {
        // Given
        var templates = new Templates(new Categories());

        // When
        var content = (RenderedText) templates.render(
                "ORDER_SHIPPED",
                "email",
                Reader.of(Locale.forLanguageTag("de-AT"), Map.of("name", "Anna")),
                Map.of("orderId", "ord-001", "estimatedDeliveryDate", "2024-06-05"));

        // Then
        assertThat(content.subject()).isEqualTo("Ihre Bestellung ord-001 ist unterwegs");
        assertThat(content.text()).contains("Guten Tag Anna,", "5. Juni 2024", "Vielen Dank");
        assertThat(content.html())
                .contains("lang=\"de\"", "Guten Tag Anna,", "5. Juni 2024", "Vielen Dank")
                .doesNotContain("Thank");
        assertThat(content.edition().locale()).isEqualTo(Locale.GERMAN);
        assertThat(content.edition().version()).matches("[0-9a-f]{12}");
    }

    @ParameterizedTest
    @CsvSource({
        "de, de",
        "DE, de",
        "de-AT, de-AT",
        "de_at, de-AT",
        "zh-Hant-TW, zh-Hant-TW",
        "pt_BR, pt-BR",
        "pt-br, pt-BR",
        "PT-br, pt-BR",
        "PT_br, pt-BR",
        "de_DE.UTF-8, de-DE",
        "de_DE@euro, de-DE",
        "sr_RS@latin, sr-Latn-RS",
        "en_US.ISO8859-1, en-US",
        "deu, de",
        "deu_AT, de-AT",
        "nob, nb",
        "iw, he",
        "ZH_hant, zh-Hant",
        "es_419, es-419",
        "fil, fil",
        "chi, zh",
        "ger, de",
        "fre-CA, fr-CA",
        "dut, nl",
        "CZE, cs",
        "por-BRA, pt-BR",
        "deu_AUT, de-AT",
        "zho-Hant-TWN, zh-Hant-TW",
        "cmn, zh",
        "cmn-Hant, zh-Hant",
        "zh-cmn-Hant, zh-Hant",
        "arb-EG, ar-EG",
        "en-US-u-ca-buddhist, en-US",
        "de-u-co-phonebk, de",
        "de-DE-x-private, de-DE",
        "en-t-de-u-ca-gregory, en",
        "de\u200b, de",
        "\u200ede-AT\u00a0, de-AT",
        "' de ', de"
    })
    void languages_are_read_however_they_are_written(String written, String tag) {
        assertThat(LocaleTag.read(written)).map(Locale::toLanguageTag).contains(tag);
    }

    @ParameterizedTest
    @CsvSource({
        "nb, nb no",
        "nn, nn nn-NO no-NO no nb",
        "no, no nb",
        "nb-NO, nb-NO no-NO nb no",
        "zh-Hant, zh-Hant zh-TW zh-Hant-TW zh",
        "zh-HK, zh-HK zh-Hant-HK zh-Hant zh-TW zh-Hant-TW zh",
        "zh-Hant-HK, zh-Hant-HK zh-HK zh-Hant zh-TW zh-Hant-TW zh",
        "zh-Hans-HK, zh-Hans-HK zh-Hans zh-CN zh-Hans-CN zh zh-HK zh-Hant-HK zh-Hant zh-TW zh-Hant-TW",
        "zh-SG, zh-SG zh-Hans-SG zh-Hans zh-CN zh-Hans-CN zh",
        "es-MX, es-MX es-419 es",
        "pt-AO, pt-AO pt-PT pt",
        "pt-BR, pt-BR pt",
        "en-AU, en-AU en-001 en",
        "en-AT, en-AT en-150 en-001 en",
        "de-AT, de-AT de",
        "sr-Latn-RS, sr-Latn-RS sr-Latn",
        "sr-Latn, sr-Latn",
        "sr-Cyrl-RS, sr-Cyrl-RS sr-Cyrl sr-RS sr",
        "sr-ME, sr-ME sr-Latn-ME sr-Latn",
        "sr-Cyrl-ME, sr-Cyrl-ME sr-Cyrl sr",
        "zh-Latn, zh-Latn",
        "zh-Latn-CN, zh-Latn-CN zh-Latn",
        "az-Cyrl, az-Cyrl",
        "az-Latn, az-Latn az",
        "uz-Cyrl-UZ, uz-Cyrl-UZ uz-Cyrl",
        "uz-AF, uz-AF uz-Arab-AF uz-Arab",
        "pa-Arab, pa-Arab",
        "pa-PK, pa-PK pa-Arab-PK pa-Arab",
        "pa-Guru-IN, pa-Guru-IN pa-Guru pa-IN pa",
        "en-Dsrt, en-Dsrt",
        "en-Shaw-GB, en-Shaw-GB en-Shaw",
        "en-Latn-GB, en-Latn-GB en-Latn en-GB en-001 en",
        "hi-Latn, hi-Latn en-IN en-001 en",
        "hi-Latn-IN, hi-Latn-IN hi-Latn en-IN en-001 en",
        "hi-IN, hi-IN hi",
        "ru-Latn, ru-Latn",
        "ja-Latn, ja-Latn",
        "bs-Cyrl, bs-Cyrl",
        "yue-Hans, yue-Hans",
        "nb-Cyrl, nb-Cyrl no-Cyrl",
        "es-Cyrl-MX, es-Cyrl-MX es-Cyrl",
        "fr, fr"
    })
    void a_language_has_parents(String tag, String line) {
        assertThat(String.join(" ", LocaleTag.withParents(tag))).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({
        "sr, sr",
        "sr-RS, sr",
        "sr-Cyrl-BA, sr",
        "sr-Latn, en",
        "sr-Latn-RS, en",
        "sr_RS@latin, en",
        "sr-ME, en",
        "zh-Latn, en",
        "zh-Latn-TW, en",
        "zh-CN, zh",
        "uz-Cyrl, en",
        "uz, uz"
    })
    void nobody_is_spoken_to_in_another_script(String wanted, String found) {
        // Given
        var scratch = Scratch.saying("en");
        for (String tag : new String[] {"sr", "zh", "uz"}) {
            scratch.with("SCRATCH/sms." + tag + ".txt", tag);
        }

        // Then
        assertThat(said(
                                scratch.templates(),
                                LocaleTag.read(wanted).orElseThrow().toLanguageTag(),
                                Map.of("word", "x"))
                        .text())
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "nb-NO, no",
        "nn, no",
        "no, no",
        "zh-HK, zh-TW",
        "zh-Hant, zh-TW",
        "zh-MO, zh-TW",
        "zh-TW, zh-TW",
        "zh-CN, zh",
        "zh-SG, zh",
        "zh, zh",
        "es-AR, es-419",
        "es-ES, es",
        "pt-MZ, pt-PT",
        "pt-BR, pt",
        "da, en"
    })
    void the_words_of_the_nearest_parent_are_found(String wanted, String found) {
        // Given
        var scratch = Scratch.saying("en");
        for (String tag : new String[] {"no", "zh-TW", "zh", "es-419", "es", "pt-PT", "pt"}) {
            scratch.with("SCRATCH/sms." + tag.replace('-', '_') + ".txt", tag);
        }

        // Then
        assertThat(said(scratch.templates(), wanted, Map.of("word", "x")).text())
                .isEqualTo(found);
    }

    @Test
    void of_two_scripts_no_message_is_put_together() {
        refused(
                mail().with("SCRATCH/email.subject.zh.txt", "S")
                        .with("SCRATCH/email.zh.txt", "T")
                        .with("SCRATCH/email.zh.html", "H")
                        .with("SCRATCH/email.zh-TW.txt", "T"),
                "SCRATCH/email.subject.zh-TW.txt: is missing");
    }

    @Test
    void a_layout_may_have_its_language_written_in_any_way() {
        var templates = Scratch.saying("{#include _layout/sms.txt}{word}{/include}")
                .with("_layout/sms.txt", "Hi {#insert}{/insert}")
                .with("SCRATCH/sms.pt_BR.txt", "{#include _layout/sms.txt}{word}!{/include}")
                .with("_layout/sms.PT_br.txt", "Oi {#insert}{/insert}")
                .templates();

        assertThat(said(templates, "pt-BR", Map.of("word", "x")).text()).isEqualTo("Oi x!");
        assertThat(said(templates, "pt-PT", Map.of("word", "x")).text()).isEqualTo("Hi x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "German",
                "d",
                "de-",
                "de AT",
                "../de",
                "de-AT-1-2-3",
                "de-u",
                "de-u-1",
                "de\n",
                "C",
                "POSIX",
                "de_DE@klingon",
                "de.",
                "und",
                "x-private",
                "de,en",
                "*"
            })
    void what_is_no_language_is_none(String written) {
        assertThat(LocaleTag.read(written)).isEmpty();
    }

    private static Scratch mail() {
        return Scratch.saying("Hello")
                .with("SCRATCH/type.yaml", "{ description: Any, category: news, channels: [email], variables: {} }")
                .without("SCRATCH/sms.txt")
                .with("SCRATCH/email.subject.txt", "Subject")
                .with("SCRATCH/email.txt", "Hello")
                .with("SCRATCH/email.html", "<p>Hello</p>");
    }

    private static RenderedText said(Templates templates, String wanted, Map<String, Object> context) {
        return (RenderedText)
                templates.render("SCRATCH", "sms", Reader.of(Locale.forLanguageTag(wanted), Scratch.ALICE), context);
    }

    private static void refused(Scratch scratch, String part) {
        assertThatThrownBy(scratch::templates)
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining(part);
    }
}
