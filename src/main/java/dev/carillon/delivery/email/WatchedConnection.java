package dev.carillon.delivery.email;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads along on one connection, before encryption: whether the server greets us, and what we write of mails. The
 * client writes each command, a mail's head and its end in one piece. For a cancelled mail the end is not written; the
 * connection is closed instead, and so the server drops the mail.
 */
class WatchedConnection extends ChannelDuplexHandler {

    private static final String DATA = "DATA\r\n";
    private static final String END = ".\r\n";
    private static final String GREETING = "220 gone\r\n";
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID: (.*?)\r?$");

    private enum Stage {
        COMMANDS,
        HEAD,
        TEXT
    }

    private final MailWire wire;
    private Stage stage = Stage.COMMANDS;
    private @Nullable String messageId;
    private boolean heard;
    private boolean greeted;

    WatchedConnection(MailWire wire) {
        this.wire = wire;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!heard && message instanceof ByteBuf read && read.isReadable()) {
            heard = true;
            greeted = read.getByte(read.readerIndex()) == '2';
            if (greeted) {
                wire.greeted();
            }
        }
        context.fireChannelRead(message);
    }

    /**
     * Before the greeting the client does not notice that a connection ends, and would wait for ever. So we greet it:
     * then it finds that it cannot write.
     */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!heard) {
            heard = true;
            context.fireChannelRead(Unpooled.copiedBuffer(GREETING, StandardCharsets.US_ASCII));
        }
        if (greeted) {
            greeted = false;
            wire.lost();
        }
        context.fireChannelInactive();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
        if (message instanceof ByteBuf line && !mayGo(line)) {
            ReferenceCountUtil.release(message);
            written.tryFailure(new ClosedChannelException());
            context.close();
            return;
        }
        context.write(message, written);
    }

    private boolean mayGo(ByteBuf line) {
        switch (stage) {
            case COMMANDS -> stage = isData(line) ? Stage.HEAD : Stage.COMMANDS;
            case HEAD -> {
                messageId = messageId(line);
                stage = messageId == null ? Stage.COMMANDS : Stage.TEXT; // DATA was refused: this is another command
            }
            case TEXT -> {
                if (is(line, END)) {
                    stage = Stage.COMMANDS;
                    return wire.handOver(messageId);
                }
            }
        }
        return true;
    }

    /** Alone, or behind others where the server takes several at once. */
    private static boolean isData(ByteBuf line) {
        return is(line, DATA) || ends(line, "\r\n" + DATA);
    }

    private static @Nullable String messageId(ByteBuf head) {
        var found = MESSAGE_ID.matcher(head.toString(StandardCharsets.UTF_8));
        return found.find() ? found.group(1) : null;
    }

    private static boolean is(ByteBuf line, String text) {
        return line.readableBytes() == text.length() && ends(line, text);
    }

    private static boolean ends(ByteBuf line, String text) {
        int from = line.writerIndex() - text.length();
        return from >= line.readerIndex()
                && line.toString(from, text.length(), StandardCharsets.ISO_8859_1)
                        .equals(text);
    }
}
