package dev.carillon.platform.http;

import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.ProblemType;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What is wrong with a head that the HTTP parser could not make a request of, and the answer as bytes: nobody else could write it. */
final class HeadProblems {

    static final Problem OF_A_LATE_HEAD = Problem.of(ProblemType.REQUEST_TIMEOUT, "The head of the request did not come in time");
    static final Problem OF_THE_HOST = Problem.of(ProblemType.BAD_REQUEST, "One Host header is needed, with the name of a host");
    static final Problem OF_A_BROKEN_BODY = Problem.of(ProblemType.BAD_REQUEST, "The body is not sent as its head says");

    private HeadProblems() {
    }

    /** Null where nothing is wrong. */
    static @Nullable Problem of(HttpRequest request, int mostHeaders) {
        if (request.decoderResult().isFailure()) {
            return of(request.decoderResult().cause());
        }
        if (request.protocolVersion().majorVersion() != 1 || request.protocolVersion().minorVersion() > 1) {
            return Problem.of(ProblemType.BAD_REQUEST, "HTTP/1.1 is spoken here").withStatus(505);
        }
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_1) && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
            return OF_THE_HOST;
        }
        return request.headers().size() > mostHeaders ? Problem.of(ProblemType.HEAD_TOO_LARGE, "A request may have at most " + mostHeaders + " headers") : null;
    }

    private static Problem of(Throwable broken) {
        if (broken instanceof TooLongHttpLineException) {
            return Problem.of(ProblemType.HEAD_TOO_LARGE, "The request line is too long").withStatus(414);
        }
        return broken instanceof TooLongHttpHeaderException ? Problem.of(ProblemType.HEAD_TOO_LARGE, "The headers are too long")
                : Problem.of(ProblemType.BAD_REQUEST, "The head of the request is not HTTP");
    }

    static byte[] answer(Problem problem, Function<Problem, byte[]> json) {
        var body = json.apply(problem);
        var head = "HTTP/1.1 " + HttpResponseStatus.valueOf(problem.status()) + "\r\nContent-Type: " + Problem.MEDIA_TYPE + "\r\nContent-Length: " + body.length
                + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(body);
        return all.toByteArray();
    }
}
