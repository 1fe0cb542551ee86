package dev.carillon.proof;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.List;
import java.util.random.RandomGenerator;

/** The ways in which a provider answers, good and bad, and how often it does. */
enum Fault {
    TAKEN(42, Means.SENT),
    /** Late, byte by byte, and in time. */
    TAKEN_SLOWLY(4, Means.SENT),
    /** All of it but what was promised with it. */
    TAKEN_WITHOUT_A_WORD(6, Means.SENT_OR_UNKNOWN),
    /** The head comes and the body never ends. */
    DRIPS_FOR_EVER(2, Means.SENT_OR_UNKNOWN),
    GARBAGE(6, Means.UNKNOWN),
    SILENT(2, Means.UNKNOWN),
    RESET(6, Means.UNKNOWN),
    CLOSED(3, Means.UNKNOWN),
    BROKEN_CHUNK(3, Means.UNKNOWN),
    NOISE(3, Means.UNKNOWN),
    BROKEN(8, Means.PROVIDER_ERROR),
    BUSY(6, Means.RATE_LIMITED),
    UNAVAILABLE(4, Means.RATE_LIMITED),
    REFUSED(5, Means.REJECTED);

    /** Longer than the application waits. */
    private static final int TOO_LONG = 3_000;

    /** What an attempt has to be written down as. */
    enum Means {
        SENT,
        SENT_OR_UNKNOWN,
        UNKNOWN,
        PROVIDER_ERROR,
        RATE_LIMITED,
        REJECTED
    }

    private final int share;
    final Means means;

    Fault(int share, Means means) {
        this.share = share;
        this.means = means;
    }

    static Fault any(RandomGenerator random) {
        int drawn = random.nextInt(
                List.of(values()).stream().mapToInt(fault -> fault.share).sum());
        for (var fault : values()) {
            drawn -= fault.share;
            if (drawn < 0) {
                return fault;
            }
        }
        throw new IllegalStateException("shares do not add up");
    }

    /** @param success what this provider answers with when it takes something */
    ResponseDefinitionBuilder answer(ResponseDefinitionBuilder success, int status) {
        return switch (this) {
            case TAKEN -> success;
            case TAKEN_SLOWLY -> success.withChunkedDribbleDelay(5, 200);
            case TAKEN_WITHOUT_A_WORD -> aResponse().withStatus(status);
            case DRIPS_FOR_EVER ->
                aResponse().withStatus(status).withBody("x".repeat(100)).withChunkedDribbleDelay(40, TOO_LONG);
            case GARBAGE -> aResponse().withStatus(200).withBody("<html>Welcome to our network!");
            case SILENT -> success.withFixedDelay(TOO_LONG);
            case RESET -> wire(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER);
            case CLOSED -> wire(com.github.tomakehurst.wiremock.http.Fault.EMPTY_RESPONSE);
            case BROKEN_CHUNK -> wire(com.github.tomakehurst.wiremock.http.Fault.MALFORMED_RESPONSE_CHUNK);
            case NOISE -> wire(com.github.tomakehurst.wiremock.http.Fault.RANDOM_DATA_THEN_CLOSE);
            case BROKEN -> aResponse().withStatus(500).withBody("{\"message\": \"oops\"}");
            case BUSY -> aResponse().withStatus(429).withHeader("Retry-After", "2");
            case UNAVAILABLE -> aResponse().withStatus(503).withHeader("Retry-After", "3");
            case REFUSED -> aResponse().withStatus(400).withBody("{\"code\": 21211, \"message\": \"no\"}");
        };
    }

    private static ResponseDefinitionBuilder wire(com.github.tomakehurst.wiremock.http.Fault fault) {
        return aResponse().withFault(fault);
    }
}
