package dev.carillon.delivery.sms;

import dev.carillon.delivery.Block;
import dev.carillon.delivery.LeasedParcel;
import dev.carillon.delivery.Parcel;
import dev.carillon.delivery.RequiredSetting;
import dev.carillon.delivery.http.HttpCall;
import dev.carillon.delivery.http.HttpContract;
import dev.carillon.delivery.http.HttpResult.Answer;
import dev.carillon.platform.address.PhoneNumber;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** {@code POST /2010-04-01/Accounts/{sid}/Messages.json}: 201 with the message's {@code sid}; errors have a number in {@code code}. */
class Twilio implements HttpContract {

    /** What Twilio keeps a message in its queue for at most, in seconds. */
    private static final long LONGEST_VALIDITY = 36_000;

    private final URI to;
    private final String authorization;
    private final MultiMap always = MultiMap.caseInsensitiveMultiMap();
    private final Optional<URI> callback;
    private final Clock clock;

    /** @throws IllegalStateException naming the key of what is missing */
    Twilio(TwilioSettings settings, Clock clock) {
        var account = RequiredSetting.of(settings.accountSid(), "carillon.provider.twilio.account-sid");
        var token = RequiredSetting.of(settings.authToken(), "carillon.provider.twilio.auth-token");
        this.to = settings.url().resolve("/2010-04-01/Accounts/" + account + "/Messages.json");
        this.authorization = "Basic " + Base64.getEncoder()
                .encodeToString((settings.apiKeySid().orElse(account) + ":" + token).getBytes(StandardCharsets.UTF_8));
        settings.messagingServiceSid().ifPresentOrElse(service -> always.add("MessagingServiceSid", service),
                () -> always.add("From", RequiredSetting.of(settings.from(), "carillon.provider.twilio.from")));
        this.callback = settings.statusCallback();
        this.clock = clock;
    }

    @Override
    public Uni<HttpCall> call(LeasedParcel leased) {
        var parcel = leased.parcel();
        var form = MultiMap.caseInsensitiveMultiMap().addAll(always)
                .add("To", PhoneNumber.read(parcel.recipient(), null).canonical().orElseThrow())
                .add("Body", parcel.text());
        callback.ifPresent(to -> form.add("StatusCallback", to + (to.getRawQuery() == null ? "?" : "&") + TwilioCallbacks.DELIVERY_ID + "=" + parcel.id()));
        if (parcel.expiresAt() != null) {
            long left = Duration.between(clock.instant(), parcel.expiresAt()).toSeconds();
            form.add("ValidityPeriod", String.valueOf(Math.max(1, Math.min(left, LONGEST_VALIDITY))));
        }
        return Uni.createFrom().item(HttpCall.form(to, form).with("Authorization", authorization));
    }

    @Override
    public Optional<String> messageId(Answer answer, Parcel parcel) {
        return answer.json().getValue("sid") instanceof String sid && !sid.isBlank() ? Optional.of(sid) : Optional.empty();
    }

    /** What people answer to a number is kept there too, whether or not we were told. */
    @Override
    public Optional<Block> block(Answer answer) {
        return code(answer).equals(TwilioCallbacks.TOLD_TO_STOP) ? Optional.of(Block.STOP) : Optional.empty();
    }

    @Override
    public String code(Answer answer) {
        return answer.json().getValue("code") instanceof Integer code ? code.toString() : "";
    }
}
