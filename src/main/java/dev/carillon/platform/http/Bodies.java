package dev.carillon.platform.http;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Reads what a request's headers say about its body. */
final class Bodies {

    private static final int SMALL = 16 * 1024;
    private static final int OF_A_VALUE = 32;

    private Bodies() {}

    static boolean isSent(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || declared(request) > 0;
    }

    /** 0 for one that does not say its length; the parser has seen to it that it is a number. */
    static long declared(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.trim());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * The heap that the values of a JSON body take beside its bytes: an empty object or array is only two bytes of it.
     * 0 for a small body.
     */
    static long heldAsValues(Buffer body) {
        if (body.length() < SMALL) {
            return 0;
        }
        long values = 0;
        for (var part : body.getByteBuf().nioBuffers()) {
            while (part.hasRemaining()) {
                byte b = part.get();
                if (b == ',' || b == ':' || b == '{' || b == '[') {
                    values++;
                }
            }
        }
        return values * OF_A_VALUE;
    }

    static Problem tooLarge(long limit) {
        return Problem.of(ProblemType.TOO_LARGE, "A body sent here may have at most " + limit + " bytes")
                .with("limit", limit);
    }
}
