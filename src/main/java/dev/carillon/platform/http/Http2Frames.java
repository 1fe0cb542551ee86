package dev.carillon.platform.http;

import io.netty.buffer.ByteBuf;

/** How far an HTTP/2 client has come: whether a head, or a frame other than of a body, has begun and not come to its end (RFC 9113, 4.1 and 6.2). */
final class Http2Frames {

    private static final int PREFACE = 24;
    private static final int FRAME_HEAD = 9;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private int preface = PREFACE;
    private int headBytes;
    private int length;
    private int type;
    private int flags;
    private int payload;
    private boolean headOpen;

    /** Leaves the bytes as they are. */
    void read(ByteBuf bytes) {
        var at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            var left = bytes.writerIndex() - at;
            if (preface > 0) {
                var taken = Math.min(left, preface);
                at += taken;
                preface -= taken;
            } else if (headBytes < FRAME_HEAD) {
                frameHead(bytes.getUnsignedByte(at++));
            } else {
                var taken = Math.min(left, payload);
                at += taken;
                payload -= taken;
            }
            if (headBytes == FRAME_HEAD && payload == 0) {
                frameEnds();
            }
        }
    }

    boolean isHalfHead() {
        return preface > 0 || headOpen || headBytes > 0 && (headBytes < FRAME_HEAD || type != DATA);
    }

    private void frameHead(int next) {
        if (headBytes < 3) {
            length = (length << 8 | next) & 0xff_ffff;
        } else if (headBytes == 3) {
            type = next;
        } else if (headBytes == 4) {
            flags = next;
        }
        if (++headBytes == FRAME_HEAD) {
            payload = length;
        }
    }

    private void frameEnds() {
        if (type == HEADERS || type == CONTINUATION) {
            headOpen = (flags & END_HEADERS) == 0;
        }
        headBytes = 0;
        length = 0;
    }
}
