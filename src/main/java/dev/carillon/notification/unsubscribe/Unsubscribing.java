package dev.carillon.notification.unsubscribe;

import dev.carillon.notification.preference.PreferencesAsOf;
import dev.carillon.notification.recipient.CustomerLocales;
import dev.carillon.notification.recipient.Recipient;
import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.Category;
import dev.carillon.platform.lww.Stamp;
import dev.carillon.platform.sql.Transactions;
import dev.carillon.platform.sql.Tx;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds an unsubscribe link to commercial mails, and carries out the unsubscribe (RFC 8058). */
@ApplicationScoped
public class Unsubscribing {

    /** The path of the links, below the public URL. */
    public static final String PATH = "/unsubscribe";

    private static final String CHANNEL = "email";
    private static final int SECRET = 32;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final UnsubscribeSettings settings;
    private final Categories categories;
    private final RecipientDirectory recipients;
    private final CustomerLocales locales;
    private final PgSecrets secrets;
    private final Transactions transactions;
    private volatile @Nullable SubscriptionTokens tokens;

    Unsubscribing(
            UnsubscribeSettings settings,
            Categories categories,
            RecipientDirectory recipients,
            CustomerLocales locales,
            PgSecrets secrets,
            Transactions transactions) {
        settings.baseUrl()
                .filter(url -> !"https".equals(url.getScheme()) || url.getHost() == null)
                .ifPresent(url -> {
                    throw new ConfigurationException("carillon.unsubscribe.base-url=" + url + " is not an https URL");
                });
        settings.secret().filter(secret -> secret.length() < SECRET).ifPresent(secret -> {
            throw new ConfigurationException("carillon.unsubscribe.secret has fewer than " + SECRET + " characters");
        });
        this.settings = settings;
        this.categories = categories;
        this.recipients = recipients;
        this.locales = locales;
        this.secrets = secrets;
        this.transactions = transactions;
    }

    void start(@Observes @Priority(70) StartupEvent started) {
        var fresh = new byte[SECRET];
        new SecureRandom().nextBytes(fresh);
        tokens = new SubscriptionTokens(settings.secret()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .orElseGet(() -> transactions
                        .inTransaction(tx -> secrets.ensure(tx, "unsubscribe", fresh))
                        .await()
                        .atMost(DEADLINE)));
        if (settings.baseUrl().isEmpty()) {
            Log.info("mails have no unsubscribe link: carillon.unsubscribe.base-url is not set");
        }
    }

    /** The link for a message. Null if it is not mail, not commercial, or if nobody could follow the link. */
    public @Nullable String link(UnsubscribeTarget subscription) {
        var offered = subscription.channel().equals(CHANNEL)
                && settings.baseUrl().isPresent()
                && categories
                        .category(subscription.category())
                        .filter(Category::commercial)
                        .isPresent();
        return !offered
                ? null
                : settings.baseUrl().get().toString().replaceAll("/$", "") + PATH + "/" + ready().of(subscription);
    }

    /** The subscription a link is about; empty if we did not make the link. */
    public Optional<UnsubscribeTarget> read(String token) {
        return ready().read(token);
    }

    /** Unsubscribes the customer, as if they had changed their preferences. An unknown customer gets nothing anyway. */
    public Uni<Void> unsubscribe(UnsubscribeTarget subscription) {
        return transactions.inTransaction(tx -> recipients
                .nextAct(tx)
                .chain(act -> recipients
                        .find(tx, subscription.tenant(), subscription.customerId())
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : takenOff(tx, subscription, found.get(), act))));
    }

    /** The language its page is written in: the customer's, as their messages are. */
    public Uni<Locale> language(UnsubscribeTarget subscription) {
        return transactions
                .inTransaction(tx -> recipients.find(tx, subscription.tenant(), subscription.customerId()))
                .map(locales::of);
    }

    private Uni<Void> takenOff(Tx tx, UnsubscribeTarget subscription, Recipient customer, Stamp act) {
        var preferences = customer.preferences();
        return Boolean.FALSE.equals(preferences.choice(subscription.category(), subscription.channel()))
                ? Uni.createFrom().voidItem()
                : recipients.keepPreferences(
                        tx,
                        List.of(new PreferencesAsOf(
                                subscription.tenant(),
                                subscription.customerId(),
                                preferences.with(subscription.category(), subscription.channel(), false),
                                true,
                                act,
                                act.position())));
    }

    private SubscriptionTokens ready() {
        var made = tokens;
        if (made == null) {
            throw new IllegalStateException("asked before the start has ended");
        }
        return made;
    }
}
