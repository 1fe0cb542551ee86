package dev.carillon.delivery.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "STOPALL",
                "UNSUBSCRIBE",
                "CANCEL",
                "END",
                "QUIT",
                "OPTOUT",
                "REVOKE",
                "stop",
                " Stop ",
                "Stop.",
                "STOP!!!",
                "\"stop\"",
                "'Stop'",
                "stop\n",
                "\tquit\r\n",
                "Stop all",
                "opt out",
                "Opt-Out",
                "OPT_OUT",
                "(revoke)",
                "end…",
                "¡stop!",
                "s.t.o.p.",
                "ＳＴＯＰ",
                "stop\u200b",
                "\u00a0stop\u00a0",
                "stop 🛑",
                "«stop»"
            })
    void stops(String message) {
        assertThat(Keyword.of(message)).isEqualTo(Keyword.STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "YES", "UNSTOP", "start", "Yes!", " yes. ", "Un-Stop", "start\n"})
    void starts(String message) {
        assertThat(Keyword.of(message)).isEqualTo(Keyword.START);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "!",
                "stop it",
                "please stop",
                "don't stop",
                "stop sending me three a day",
                "the end",
                "weekend",
                "yes please",
                "cancel my order",
                "STOPP",
                "nonstop",
                "stop 2",
                "2stop",
                "HELP",
                "INFO",
                "no",
                "quit?no",
                "ştop",
                "stоp",
                "restart",
                "yesterday",
                "end of story"
            })
    void says_neither(String message) {
        assertThat(Keyword.of(message)).isNull();
    }
}
