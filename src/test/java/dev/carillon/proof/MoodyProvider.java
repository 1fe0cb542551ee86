package dev.carillon.proof;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * SendGrid and Twilio on a bad day, as an extension of WireMock: what is answered follows from seed, channel, order and how often it was
 * asked before, and is the same in every run. It remembers what it was asked.
 */
class MoodyProvider implements ResponseDefinitionTransformerV2 {

    private static final Pattern ORDER = Pattern.compile("books-(\\d+)");
    private static final long SEED = 20261121;
    /** Orders nobody ever manages to send. */
    static final int HOPELESS_EVERY = 200;

    /**
     * One request that arrived.
     *
     * @param key what it is to be recognised by
     */
    record Asked(String key, String channel, int order, Fault fault) {}

    private record Copy(String channel, int order) {}

    private final Map<Copy, List<Asked>> asked = new ConcurrentHashMap<>();

    @Override
    public String getName() {
        return "moody";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        var request = event.getRequest();
        var body = ORDER.matcher(request.getBodyAsString());
        if (!body.find()) {
            return event.getResponseDefinition();
        }
        var channel = request.getUrl().equals("/v3/mail/send") ? "email" : "sms";
        int order = Integer.parseInt(body.group(1));
        var before = asked.computeIfAbsent(new Copy(channel, order), delivery -> new CopyOnWriteArrayList<>());
        var fault = order % HOPELESS_EVERY == 0
                ? before.size() % 2 == 0 ? Fault.BROKEN : Fault.RESET
                : Fault.any(new SplittableRandom(
                        SEED ^ (channel.hashCode() * 31L + order) * 1_000_003L ^ before.size() * 7_919L));
        before.add(new Asked(String.valueOf(request.getHeader("Idempotency-Key")), channel, order, fault));
        return channel.equals("email")
                ? fault.answer(aResponse().withStatus(202).withHeader("X-Message-Id", "sg-" + order), 202)
                        .build()
                : fault.answer(aResponse().withStatus(201).withBody("{\"sid\": \"SM" + order + "\"}"), 201)
                        .build();
    }

    /** In the order they arrived. */
    List<Asked> asked(String channel, int order) {
        return asked.getOrDefault(new Copy(channel, order), List.of());
    }

    List<Asked> asked() {
        return asked.values().stream().flatMap(List::stream).toList();
    }
}
