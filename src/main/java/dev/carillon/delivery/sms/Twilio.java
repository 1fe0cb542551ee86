package dev.carillon.delivery.sms;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.LeasedDelivery;
import dev.carillon.delivery.Provider;
import dev.carillon.delivery.httpclient.ErrorCodes;
import dev.carillon.delivery.httpclient.HttpCall;
import dev.carillon.delivery.httpclient.HttpContract;
import dev.carillon.delivery.httpclient.HttpResult.HttpAnswer;
import dev.carillon.platform.value.PhoneNumber;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Twilio's API. {@code POST /2010-04-01/Accounts/{sid}/Messages.json} answers 201 with the message's {@code sid};
 * errors have a number in {@code code}.
 */
class Twilio implements HttpContract {

    /** How long Twilio keeps a message in its queue at most, in seconds. */
    private static final long LONGEST_VALIDITY = 36_000;

    /**
     * About us: the account is not active, not believed, or suspended; the sender's number or messaging service is none
     * of ours, or cannot send. About the recipient: the number is invalid, unreachable, in a region we may not send to,
     * or not verified for a trial account. Twilio also keeps what people reply to a number, whether or not we received
     * it.
     */
    private static final ErrorCodes CODES = new ErrorCodes(
            Set.of(
                    "10001", "20003", "20005", "20006", "20008", "20101", "20104", "20107", "20403", "20404", "21212",
                    "21603", "21606", "21609", "21611", "21620", "21659", "21660", "21701", "21702", "21703", "21704",
                    "21705", "30001", "30002", "63038"),
            Set.of(
                    "21211", "21217", "21408", "21608", "21612", "21614", "21635", "30003", "30004", "30005", "30006",
                    "30007"),
            Map.of(TwilioCallbacks.TOLD_TO_STOP, Block.STOP));

    private final URI to;
    private final String authorization;
    private final MultiMap always = MultiMap.caseInsensitiveMultiMap();
    private final Optional<URI> callback;
    private final Clock clock;

    /** @throws ConfigurationException naming the key of what is missing */
    Twilio(TwilioSettings settings, Clock clock) {
        var account = Provider.required(settings.accountSid(), "carillon.provider.twilio.account-sid");
        var token = Provider.required(settings.authToken(), "carillon.provider.twilio.auth-token");
        this.to = settings.url().resolve("/2010-04-01/Accounts/" + account + "/Messages.json");
        this.authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (settings.apiKeySid().orElse(account) + ":" + token).getBytes(StandardCharsets.UTF_8));
        settings.messagingServiceSid()
                .ifPresentOrElse(
                        service -> always.add("MessagingServiceSid", service),
                        () -> always.add("From", Provider.required(settings.from(), "carillon.provider.twilio.from")));
        this.callback = settings.statusCallback();
        this.clock = clock;
    }

    @Override
    public Uni<HttpCall> call(LeasedDelivery leased) {
        var delivery = leased.delivery();
        var form = MultiMap.caseInsensitiveMultiMap()
                .addAll(always)
                .add(
                        "To",
                        PhoneNumber.read(delivery.recipient(), null).canonical().orElseThrow())
                .add("Body", delivery.text());
        callback.ifPresent(to -> form.add(
                "StatusCallback",
                to + (to.getRawQuery() == null ? "?" : "&") + TwilioCallbacks.DELIVERY_ID + "=" + delivery.id()));
        if (delivery.expiresAt() != null) {
            long left = Duration.between(clock.instant(), delivery.expiresAt()).toSeconds();
            form.add("ValidityPeriod", String.valueOf(Math.max(1, Math.min(left, LONGEST_VALIDITY))));
        }
        return Uni.createFrom().item(HttpCall.form(to, form).with("Authorization", authorization));
    }

    @Override
    public Optional<String> messageId(HttpAnswer answer, Delivery delivery) {
        return answer.text("sid");
    }

    @Override
    public String code(HttpAnswer answer) {
        return answer.json().getValue("code") instanceof Integer code ? code.toString() : "";
    }

    @Override
    public ErrorCodes errorCodes() {
        return CODES;
    }
}
