package journeys;

import static org.assertj.core.api.Assertions.assertThat;

import generated.api.ApiKeysApi;
import generated.api.DeadLettersApi;
import generated.api.NotificationsApi;
import generated.api.ReplaysApi;
import generated.api.StatisticsApi;
import generated.api.SuppressionsApi;
import generated.api.WebhooksApi;
import generated.model.ApiKey;
import generated.model.NewKey;
import generated.model.NewSuppression;
import generated.model.NewWebhook;
import generated.model.NotificationRequest;
import generated.model.RedriveRequest;
import generated.model.Reason;
import generated.model.Status;
import generated.model.SuppressionCause;
import generated.model.Webhook;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What those who run it do: keys, webhooks, suppressions, dead letters, numbers. */
public class Administration extends Caller {

    public Administration(URI service, String key) {
        super(service, key);
    }

    public void a_key_is_made_used_within_its_roles_and_revoked() throws Exception {
        var keys = new ApiKeysApi(client);
        var issued = keys.issueApiKey(new NewKey().label("reports").roles(Set.of("reader")), null);
        var reader = new NotificationsApi(with(issued.getKey()));

        assertThat(issued.getRoles()).containsExactly("reader");
        assertThat(keys.listApiKeys()).filteredOn(key -> key.getId().equals(issued.getId())).extracting(ApiKey::getLabel).containsExactly("reports");
        assertThat(reader.listNotifications(null, null, null, null, "nobody", null, null, null, null, null).getNotifications()).isEmpty();
        problem(403, () -> reader.submitNotification(new NotificationRequest().type("ORDER_SHIPPED").customerId("cust-001"), null, null));
        keys.revokeApiKey(issued.getId());
        assertThat(keys.listApiKeys()).extracting(ApiKey::getId).doesNotContain(issued.getId());
    }

    public void a_webhook_is_subscribed_rotated_and_removed() throws Exception {
        var webhooks = new WebhooksApi(client);

        var issued = webhooks.createWebhook(new NewWebhook().url("https://shop.example.com/hooks/carillon").statuses(Set.of("delivered", "bounced"))
                .types(Set.of("ORDER_SHIPPED")), null);

        assertThat(issued.getSecret()).startsWith("whsec_");
        var webhook = issued.getWebhook();
        assertThat(webhook.getUrl()).isEqualTo("https://shop.example.com/hooks/carillon");
        assertThat(webhook.getStatuses()).containsExactlyInAnyOrder("delivered", "bounced");
        assertThat(webhook.getCreatedAt()).isAfter(OffsetDateTime.now().minusHours(1));
        assertThat(webhook.getDisabledAt()).isNull();
        assertThat(webhooks.getWebhook(webhook.getId())).isEqualTo(webhook);
        assertThat(webhooks.listWebhooks()).extracting(Webhook::getId).contains(webhook.getId());
        assertThat(webhooks.rotateWebhookSecret(webhook.getId(), null).getSecret()).startsWith("whsec_").isNotEqualTo(issued.getSecret());
        assertThat(webhooks.testWebhook(webhook.getId(), null).getEventId()).hasSize(26);
        webhooks.deleteWebhook(webhook.getId());
        problem(404, () -> webhooks.getWebhook(webhook.getId()));
    }

    public void a_suppressed_address_gets_nothing_until_it_is_lifted() throws Exception {
        var suppressions = new SuppressionsApi(client);
        var notifications = new NotificationsApi(client);
        var customer = customer();
        var address = customer + "@example.com";
        var shipped = new NotificationRequest().type("ORDER_SHIPPED").customerId(customer).channels(List.of("email")).context(Map.of("orderId", "ord-001"));

        var suppressed = suppressions.suppressAddress(new NewSuppression().channel("email").address(address), null);

        assertThat(suppressed.getCause()).isEqualTo(SuppressionCause.MANUAL);
        assertThat(suppressed.getDetail()).isNull();
        assertThat(suppressions.listSuppressions(address, null, "email", 10).getSuppressions()).containsExactly(suppressed);
        assertThat(notifications.submitNotification(shipped, null, null).getReason()).isEqualTo(Reason.ADDRESS_SUPPRESSED);
        suppressions.liftSuppression(suppressed.getId());
        var told = notifications.submitNotification(shipped, null, null);
        assertThat(told.getReason()).isNull();
        assertThat(notifications.getNotification(told.getTrackingId()).getStatus()).isNotEqualTo(Status.SUPPRESSED);
    }

    public void statistics_cover_the_hours_that_were_asked_for() throws Exception {
        var to = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS).plusHours(1);

        var statistics = new StatisticsApi(client).getStatistics("hour", "type,channel", to.minusHours(2), to);

        assertThat(statistics.getBucket()).isEqualTo("hour");
        assertThat(statistics.getFrom()).isEqualTo(to.minusHours(2));
        assertThat(statistics.getTo()).isEqualTo(to);
        assertThat(statistics.getCountedUntil()).isBefore(to);
        assertThat(statistics.getRows()).isNotNull();
    }

    public void dead_letters_are_listed_and_redriven_by_filter() throws Exception {
        var dead = new DeadLettersApi(client);

        assertThat(dead.listDeadLetters(null, "email", null, null, OffsetDateTime.now().minusDays(1), 10, null, OffsetDateTime.now(), null).getDeadLetters()).isEmpty();
        var moved = dead.redriveDeadLetters(new RedriveRequest().channel("email").from(OffsetDateTime.now().minusDays(1)).limit(10), null);
        assertThat(moved.getCount()).isZero();
        assertThat(moved.getMore()).isFalse();
        problem(404, () -> dead.getDeadLetter("01KAJ3W4S9T1V6B8N2C4X7Z0QD"));
    }

    public void replays_are_listed() throws Exception {
        assertThat(new ReplaysApi(client).listReplays()).isEmpty();
    }
}
