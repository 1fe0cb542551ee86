package dev.carillon.apidriven.caller;

import dev.carillon.bss.Customer;
import dev.carillon.bss.PgCustomers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The customer team: has to pass on everything it knows about a customer to the notification service as well. */
@ApplicationScoped
public class CustomerCaller {

    private final PgCustomers customers;
    private final Records records;
    private final NotificationService notifications;

    CustomerCaller(PgCustomers customers, Records records, NotificationService notifications) {
        this.customers = customers;
        this.records = records;
        this.notifications = notifications;
    }

    public Uni<Void> register(Team team, Customer customer) {
        return records.change(tx -> customers.put(tx, team.tenant(), customer))
                .chain(() -> notifications.keep(team, customer));
    }

    /** @param preferences category → channel → wanted */
    public Uni<Void> changePreferences(Team team, String customerId, Map<String, Map<String, Boolean>> preferences) {
        return notifications.keepPreferences(team, customerId, preferences);
    }
}
