package dev.carillon.platform.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ada@example.com>ada@example.com",
                "Ada.L+news@EXAMPLE.Com>Ada.L+news@example.com",
                "  ada@example.com\t>ada@example.com",
                "\u00A0ada@example.com\u3000>ada@example.com",
                "\uFEFFada@example.com\u200B>ada@example.com",
                "\u202Aada@example.com\u202C>ada@example.com",
                "a\u200Eda@exam\u2060ple.com>ada@example.com",
                "a\u00ADda@example.com>ada@example.com",
                "ada\u200D@example.com>ada@example.com",
                "o'brien_!#$%&*/=?^`{|}~-@example.co.uk>o'brien_!#$%&*/=?^`{|}~-@example.co.uk",
                "ada@käse.example>ada@xn--kse-qla.example",
                "ada@KÄSE.example>ada@xn--kse-qla.example",
                "ada@例え.テスト>ada@xn--r8jz45g.xn--zckzah",
                "ada@пример.рф>ada@xn--e1afmkfd.xn--p1ai",
                "ada@ｅｘａｍｐｌｅ．com>ada@example.com",
                "ada@example。com>ada@example.com",
                "ada@xn--kse-qla.example>ada@xn--kse-qla.example",
                "ada@xn--strae-oqa.example>ada@xn--strae-oqa.example",
                "ada@xn--i-7iq.ws>ada@xn--i-7iq.ws",
                "a@b\u2011c.example>a@b-c.example",
                "anna\u2010maria@b\uFF0Dc.example>anna-maria@b-c.example",
                "a@b\u00ADc.example>a@bc.example",
                "ada@XN--E1AFMKFD.xn--p1ai>ada@xn--e1afmkfd.xn--p1ai",
                "ada@xn--fiqs8s.example>ada@xn--fiqs8s.example",
                "ada@xn--mgba3a4f16a.example>ada@xn--mgba3a4f16a.example",
                "ada@xn--bcher-kva.xn--vermgensberatung-pwb>ada@xn--bcher-kva.xn--vermgensberatung-pwb"
            })
    void an_address_is_kept_in_its_one_form(String written, String kept) {
        assertThat(EmailAddress.read(written)).isEqualTo(new ParsedAddress.Address(kept));
        assertThat(EmailAddress.read(kept)).isEqualTo(new ParsedAddress.Address(kept));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ada",
                "@example.com",
                "ada@",
                "ada@example",
                "ada@.com",
                "ada@example..com",
                "ada@example.com.",
                ".ada@example.com",
                "ada.@example.com",
                "a..da@example.com",
                "mailto:ada@example.com",
                "MAILTO:ada@example.com?subject=x",
                "<ada@example.com>",
                "Ada <ada@example.com>",
                "\"Ada\" <ada@example.com>",
                "\"ada\"@example.com",
                "\"a@b\"@example.com",
                "ada(comment)@example.com",
                "ada@(comment)example.com",
                "ada@[192.0.2.1]",
                "ada@192.0.2.1",
                "ada@[IPv6:2001:db8::1]",
                "ada@example.com,eve@example.com",
                "ada@example.com;eve@example.com",
                "ada@example.com eve@example.com",
                "ada@@example.com",
                "ada@b@example.com",
                "ada@example.com\r\nBcc: eve@example.com",
                "ada@example.com\n",
                "\r\nada@example.com",
                "ada\u0000@example.com",
                "ada@exam\u0000ple.com",
                "ada@example.com\u2028",
                "ada@exa mple.com",
                "ada@-example.com",
                "ada@example-.com",
                "ada@exam_ple.com",
                "ada@ex\u2024ample",
                "a:b@example.com",
                "a\\b@example.com",
                "ada@exa/mple.com",
                "ada@example.com:25",
                "ada@☃\u0338..example",
                "a@b\u2013c.example",
                "a@b\u2014c.example",
                "a@xn--bc-v1t.example",
                "a@b\u2011.example",
                "a@xn--a.example",
                "a@xn--.example",
                "a@xn--example.example",
                "a@xn--abc-.example",
                "a@xn--99999999999.example",
                "a@mail.xn--0.example",
                "a@XN--A.example"
            })
    void what_is_no_address_alone_is_refused(String written) {
        assertThat(EmailAddress.read(written).problem()).isEqualTo("must be an email address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jörg@example.com", "用户@example.com", "ада@пример.рф", "ａda@example.com"})
    void letters_few_servers_take_before_the_at_are_refused_by_name(String written) {
        assertThat(EmailAddress.read(written).problem()).startsWith("must have only ASCII letters before the @");
    }

    /** IDNA 2003 and 2008 make two domains of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {"ada@straße.example", "ada@φωτός.example", "ada@نامه\u200Cای.example", "ada@क्\u200Dष.example"})
    void a_domain_that_is_two_is_neither(String written) {
        assertThat(EmailAddress.read(written).problem()).contains("xn--");
    }

    @Test
    void there_is_an_end_to_its_length() {
        assertThat(EmailAddress.isOne("a".repeat(64) + "@example.com")).isTrue();
        assertThat(EmailAddress.isOne("a".repeat(65) + "@example.com")).isFalse();
        assertThat(EmailAddress.isOne("a@" + "b".repeat(64) + ".com")).isFalse();
        assertThat(EmailAddress.isOne("a".repeat(60) + "@" + ("b".repeat(60) + ".").repeat(3) + "example"))
                .isTrue();
        assertThat(EmailAddress.isOne("a".repeat(64) + "@" + ("b".repeat(60) + ".").repeat(3) + "example"))
                .isFalse();
    }

    @Test
    void it_is_not_put_into_words() {
        assertThat(EmailAddress.read("ada@example.com").toString()).doesNotContain("ada");
    }
}
