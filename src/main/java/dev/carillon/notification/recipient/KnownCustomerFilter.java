package dev.carillon.notification.recipient;

import dev.carillon.platform.security.Caller;
import dev.carillon.platform.sql.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Answers 404 for an unknown customer before the answer begins. For streams, which cannot be refused once they have
 * begun.
 */
@Singleton
public class KnownCustomerFilter {

    /** Marks an endpoint that has the customer's id in its path. */
    @NameBinding
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Applies {}

    private final RecipientDirectory recipients;
    private final Transactions transactions;
    private final Caller caller;

    KnownCustomerFilter(RecipientDirectory recipients, Transactions transactions, Caller caller) {
        this.recipients = recipients;
        this.transactions = transactions;
        this.caller = caller;
    }

    @Applies
    @ServerRequestFilter
    public Uni<Void> requireKnown(UriInfo uri) {
        var tenant = caller.tenant();
        var customerId = uri.getPathParameters().getFirst("customerId");
        return transactions
                .inTransaction(tx -> recipients.find(tx, tenant, customerId))
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw UnknownCustomer.refusal(customerId);
                    }
                })
                .replaceWithVoid();
    }
}
