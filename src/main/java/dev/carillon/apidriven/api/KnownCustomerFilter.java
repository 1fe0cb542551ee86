package dev.carillon.apidriven.api;

import dev.carillon.notification.recipient.RecipientDirectory;
import dev.carillon.platform.security.Caller;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Asks for the customer before a stream begins. */
@Singleton
class KnownCustomerFilter {

    private final RecipientDirectory recipients;
    private final Transactions transactions;
    private final Caller caller;

    KnownCustomerFilter(RecipientDirectory recipients, Transactions transactions, Caller caller) {
        this.recipients = recipients;
        this.transactions = transactions;
        this.caller = caller;
    }

    @OfKnownCustomer
    @ServerRequestFilter
    public Uni<Void> requireKnown(UriInfo uri) {
        var tenant = caller.tenant();
        var customerId = uri.getPathParameters().getFirst("customerId");
        return transactions.inTransaction(tx -> recipients.find(tx, tenant, customerId)).invoke(found -> {
            if (found.isEmpty()) {
                throw Refusals.unknownCustomer(customerId, "/customerId");
            }
        }).replaceWithVoid();
    }
}
