package dev.carillon.eventsourced.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.eventsourced.event.OrderingEvent.OrderStatusChanged;
import dev.carillon.eventsourced.event.PricingEvent.PriceChanged;
import org.junit.jupiter.api.Test;

class EventTypesTest {

    @Test
    void a_record_is_called_after_its_domain_and_itself() {
        assertThat(EventTypes.nameOf(OrderStatusChanged.class)).isEqualTo("ordering.order-status-changed");
        assertThat(EventTypes.named("pricing.price-changed")).contains(PriceChanged.class);
        assertThat(EventTypes.named("pricing.price_changed")).isEmpty();
    }

    @Test
    void every_domain_has_an_address_and_strangers_have_one_too() {
        assertThat(EventTypes.addresses())
                .containsExactly(
                        "bss.billing", "bss.customer", "bss.ordering", "bss.other", "bss.pricing", "bss.promotions");
        assertThat(EventTypes.addressOf("ordering.order-placed")).isEqualTo("bss.ordering");
        assertThat(EventTypes.addressOf("signup_completed")).isEqualTo("bss.other");
    }

    @Test
    void every_type_of_the_stories_is_known() {
        assertThat(EventTypes.names())
                .contains(
                        "billing.payment-failed",
                        "customer.cart-item-added",
                        "customer.preferences-changed",
                        "ordering.line-item-status-changed",
                        "ordering.order-placed",
                        "promotions.promotion-created");
    }
}
