package dev.carillon.platform.http;

import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemType;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a head that the HTTP parser refused into an answer as bytes: no other code can answer such a request. */
final class HeadProblems {

    static final Problem OF_A_LATE_HEAD =
            Problem.of(ProblemType.REQUEST_TIMEOUT, "The head of the request did not come in time");
    static final Problem OF_THE_HOST =
            Problem.of(ProblemType.BAD_REQUEST, "One Host header is needed, with the name of a host");
    static final Problem OF_A_BROKEN_BODY =
            Problem.of(ProblemType.BAD_REQUEST, "The body is not sent as its head says");

    static final Problem OF_NO_PLACE = Problem.of(
                    ProblemType.OVERLOADED,
                    "As many connections are open here as may be, and all are used; another replica may have a place")
            .retriedAfter(Duration.ofSeconds(5));

    private static final Problem OF_ANOTHER_PROTOCOL =
            Problem.of(ProblemType.BAD_REQUEST, "The head of the request is not HTTP");
    private static final Problem OF_NO_METHOD = Problem.of(
                    ProblemType.METHOD_NOT_ALLOWED, "No such method is known here")
            .withStatus(501);
    private static final Problem OF_THE_TARGET = Problem.of(
            ProblemType.BAD_REQUEST,
            "The request target must be a path or an http address; characters not allowed in a URI must be percent-encoded");

    /** The methods of RFC 9110 for an origin server, and PATCH. Method names are upper case. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH");

    private static final Set<String> WITH_AN_ADDRESS = Set.of("http", "https");

    private HeadProblems() {}

    /** Null where nothing is wrong. */
    static @Nullable Problem of(HttpRequest request, int mostHeaders) {
        if (request.decoderResult().isFailure()) {
            return of(request.decoderResult().cause());
        }
        var version = request.protocolVersion();
        if (!version.protocolName().equals("HTTP")) {
            return OF_ANOTHER_PROTOCOL;
        }
        if (version.majorVersion() != 1 || version.minorVersion() > 1) {
            return Problem.of(ProblemType.BAD_REQUEST, "HTTP/1.1 is spoken here")
                    .withStatus(505);
        }
        if (!METHODS.contains(request.method().name())) {
            return OF_NO_METHOD;
        }
        if (!isTarget(request.uri(), request.method())) {
            return OF_THE_TARGET;
        }
        if (version.equals(HttpVersion.HTTP_1_1)
                && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
            return OF_THE_HOST;
        }
        return request.headers().size() > mostHeaders
                ? Problem.of(ProblemType.HEAD_TOO_LARGE, "A request may have at most " + mostHeaders + " headers")
                : null;
    }

    /** For HTTP/2, whose frames have been parsed already; null if nothing is wrong. */
    static @Nullable Problem of(String method, @Nullable CharSequence path) {
        if (!METHODS.contains(method)) {
            return OF_NO_METHOD;
        }
        return path != null && !isTarget(path.toString(), HttpMethod.valueOf(method)) ? OF_THE_TARGET : null;
    }

    private static Problem of(Throwable broken) {
        if (broken instanceof TooLongHttpLineException) {
            return Problem.of(ProblemType.HEAD_TOO_LARGE, "The request line is too long")
                    .withStatus(414);
        }
        return broken instanceof TooLongHttpHeaderException
                ? Problem.of(ProblemType.HEAD_TOO_LARGE, "The headers are too long")
                : OF_ANOTHER_PROTOCOL;
    }

    /**
     * As in RFC 9112, 3.2: a path, an absolute URI, or for OPTIONS the server itself. The framework refuses invalid
     * URIs without an answer.
     */
    private static boolean isTarget(String target, HttpMethod method) {
        if (target.equals("*")) {
            return method.equals(HttpMethod.OPTIONS);
        }
        try {
            var uri = new URI(target);
            return target.startsWith("/")
                    || WITH_AN_ADDRESS.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
                            && uri.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** @param withBody false where a HEAD is answered, which has none */
    static byte[] answer(Problem problem, boolean withBody, Function<Problem, byte[]> json) {
        var body = json.apply(problem);
        var headers = problem.headers().entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        var head = "HTTP/1.1 " + HttpResponseStatus.valueOf(problem.status()) + "\r\nContent-Type: "
                + Problem.MEDIA_TYPE + "\r\nContent-Length: " + body.length + "\r\nCache-Control: no-store\r\n"
                + headers + "Connection: close\r\n\r\n";
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        if (withBody) {
            all.writeBytes(body);
        }
        return all.toByteArray();
    }
}
