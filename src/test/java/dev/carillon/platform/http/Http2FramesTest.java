package dev.carillon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far an HTTP/2 client has come with what it says. */
class Http2FramesTest {

    private final Http2Frames frames = new Http2Frames();

    @Test
    void a_connection_begins_with_a_preface() {
        assertThat(frames.isHalfHead()).isTrue();
        reads("PRI * HTTP/2.0\r\n\r\nSM\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(frames.isHalfHead()).isTrue();
        reads("\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(frames.isHalfHead()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
            "000000 04 00 00000000                                          , false",
            "000008 06 00 00000000 0102030405060708                         , false",
            "000008 06 00 00000000 01020304                                 , true",
            "00                                                             , true",
            "000003 01 04 00000001                                          , true",
            "000003 01 04 00000001 828684                                   , false",
            "000003 01 00 00000001 828684                                   , true",
            "000003 01 00 00000001 828684 000001 09 00 00000001 84          , true",
            "000003 01 00 00000001 828684 000001 09 04 00000001 84          , false",
            "000003 01 00 00000001 828684 000000 09 04 00000001             , false",
            "000003 01 04 00000001 828684 000400 00 00 00000001 7878        , false"})
    void a_head_is_half_until_its_last_frame_is_there(String hex, boolean half) {
        // Given
        reads("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

        // When
        for (var one : bytes) {
            reads(one);
        }

        // Then
        assertThat(frames.isHalfHead()).isEqualTo(half);
        var atOnce = new Http2Frames();
        atOnce.read(Unpooled.copiedBuffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII), bytes));
        assertThat(atOnce.isHalfHead()).isEqualTo(half);
    }

    private void reads(byte... bytes) {
        frames.read(Unpooled.wrappedBuffer(bytes));
    }
}
