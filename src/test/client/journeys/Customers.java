package journeys;

import static org.assertj.core.api.Assertions.assertThat;

import generated.api.CustomersApi;
import generated.api.InboxApi;
import generated.api.NotificationsApi;
import generated.api.PreferencesApi;
import generated.api.TemplatesApi;
import generated.model.Customer;
import generated.model.FrequencyCap;
import generated.model.InboxMessage;
import generated.model.NotificationRequest;
import generated.model.Preferences;
import generated.model.QuietWindow;
import generated.model.ReadUpTo;
import generated.model.Reason;
import generated.model.Submission;
import generated.model.TemplateFiles;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who customers are, what they want to hear, and what they find in the app. */
public class Customers extends Caller {

    private final CustomersApi customers;
    private final PreferencesApi preferences;
    private final NotificationsApi notifications;
    private final InboxApi inbox;

    public Customers(URI service, String key) {
        super(service, key);
        customers = new CustomersApi(client);
        preferences = new PreferencesApi(client);
        notifications = new NotificationsApi(client);
        inbox = new InboxApi(client);
    }

    public void a_customer_comes_back_as_they_were_put() throws Exception {
        var id = "cust-" + UUID.randomUUID();
        var put = new Customer().name("Zoë O'Brien").email("zoe@example.com").segment("gold").attributes(Map.of(
                "ios", "740f4707bebcf74f", "timeZone", "Europe/Berlin", "points", 42, "rate", 0.25, "vip", true, "tags", List.of("a", "b")));

        var kept = customers.putCustomer(id, put, null, null);

        assertThat(kept.getVersion()).isEqualTo(1);
        assertThat(kept.getPhone()).isNull();
        assertThat(kept).isEqualTo(put.version(1));
        assertThat(customers.getCustomer(id)).isEqualTo(kept);
        assertThat(problem(409, () -> customers.putCustomer(id, new Customer().name("Zoe").version(7), null, null)).getType().toString()).endsWith("/conflict");
        customers.eraseCustomer(id, null, null);
        assertThat(problem(404, () -> customers.getCustomer(id)).getType().toString()).endsWith("/unknown-customer");
    }

    public void preferences_come_back_as_they_were_put_and_are_heeded() throws Exception {
        var customer = customer();
        var put = new Preferences().preferences(Map.of("price_alerts", Map.of("email", true, "sms", false))).channels(Map.of("sms", true))
                .categories(Map.of("order_updates", false)).quietHours(List.of(new QuietWindow().start("22:00").end("07:00"), new QuietWindow().start("12:00").end("12:30")))
                .timeZone("Europe/Berlin").locale("de-AT").optedOut(false).frequencyCap(new FrequencyCap().max(3).per("P1D").window(FrequencyCap.WindowEnum.SLIDING));

        var kept = preferences.putPreferences(customer, put, null, null);

        assertThat(kept).isEqualTo(put.version(kept.getVersion()));
        assertThat(preferences.getPreferences(customer)).isEqualTo(kept);
        var told = notifications.submitNotification(new NotificationRequest().type("ORDER_SHIPPED").customerId(customer).channels(List.of("email"))
                .context(Map.of("orderId", "ord-001")), null, null);
        assertThat(told.getStatus()).isEqualTo(Submission.StatusEnum.SUPPRESSED);
        assertThat(told.getReason()).isEqualTo(Reason.CATEGORY_OFF);
        assertThat(problem(422, () -> preferences.putPreferences(customer, new Preferences().quietHours(List.of(new QuietWindow().start("22:00").end("7"))), null, null)).getErrors())
                .singleElement().satisfies(error -> assertThat(error.getPointer()).isEqualTo("/quietHours/0/end"));
    }

    public void the_inbox_is_read_and_emptied() throws Exception {
        var customer = customer();
        var type = "T" + UUID.randomUUID().toString().replace("-", "").toUpperCase();
        var templates = new TemplatesApi(client);
        templates.putTemplateDraft(type, new TemplateFiles().files(Map.of("type.yaml", """
                description: Something for the app
                category: account_activity
                channels: [inbox]
                variables:
                  word: { type: string, required: true, example: hello, description: What to say }
                """, "inbox.subject.txt", "News", "inbox.txt", "Say {word}")), null, null);
        templates.publishTemplate(type, null, null, null);
        for (var word : List.of("one", "two", "three")) {
            assertThat(notifications.submitNotification(new NotificationRequest().type(type).customerId(customer).channels(List.of("inbox"))
                    .context(Map.of("word", word)), null, "wait=30").getStatus()).isIn(Submission.StatusEnum.SENT, Submission.StatusEnum.DELIVERED);
        }

        var page = inbox.listInbox(customer, null, 2, true);

        assertThat(page.getMessages()).extracting(InboxMessage::getText).containsExactly("Say three", "Say two");
        assertThat(page.getMessages()).extracting(InboxMessage::getTitle).containsOnly("News");
        assertThat(page.getMessages()).allSatisfy(message -> assertThat(message.getReadAt()).isNull());
        var last = inbox.listInbox(customer, page.getNext(), 2, true).getMessages();
        assertThat(last).extracting(InboxMessage::getText).containsExactly("Say one");
        assertThat(inbox.countUnread(customer).getUnread()).isEqualTo(3);
        inbox.markRead(customer, page.getMessages().get(0).getId());
        assertThat(inbox.listInbox(customer, null, 1, null).getMessages().get(0).getReadAt()).isAfterOrEqualTo(page.getMessages().get(0).getArrivedAt());
        assertThat(inbox.markReadUpTo(customer, new ReadUpTo().upTo(last.get(0).getId())).getUnread()).isEqualTo(1);
        inbox.removeInboxMessage(customer, last.get(0).getId());
        assertThat(inbox.listInbox(customer, null, null, null).getMessages()).hasSize(2);
    }
}
