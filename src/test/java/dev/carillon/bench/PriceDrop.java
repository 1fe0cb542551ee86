package dev.carillon.bench;

import java.util.Locale;

/** A price falls that a hundred thousand customers have in their carts; a second later one falls that a single customer waits for. */
record PriceDrop(String title, int carts) implements Shape {

    static final String RULE = """
            - id: price-drop
              on: pricing.price-changed
              when: event.data.newPrice < event.data.oldPrice
              audience: { cart: event.data.productId }
              where: customer.segment in ['gold', 'platinum']
              notify: { type: PRICE_DROP_ALERT, category: price_alerts }
              once: "price-drop/${event.data.productId}/${event.data.newPrice}/${customer.id}"
            """;

    private static final String TOLD =
            "exists (select from notification where tenant = 'default' and customer_id = 'lone')";
    /** By the key of the first channel's delivery, which is its notification's: it is asked all the time while the others are sent. */
    private static final String SENT =
            "exists (select from notification n join attempt a on a.delivery_id = n.id where n.tenant = 'default' and n.customer_id = 'lone')";

    @Override
    public Measurement on(Contender contender) throws Exception {
        var carillon = (Carillon) contender;
        gold(carillon, "holder", "prod-many");
        gold(carillon, "lone", "prod-one");
        carillon.drained();
        carillon.copies().holders("holder", carts - 1);
        var waited = new double[2];
        var cost = carillon.costOfSending(carts + 1, () -> {
            falls(carillon, "prod-many");
            Thread.sleep(1000);
            long second = System.nanoTime();
            falls(carillon, "prod-one");
            carillon.database().until(TOLD);
            waited[0] = (System.nanoTime() - second) / 1e9;
            carillon.database().until(SENT);
            waited[1] = (System.nanoTime() - second) / 1e9;
        });
        return new Measurement(
                cost,
                String.format(
                        Locale.ROOT,
                        "%.1f s in all; the next price change was decided after %.1f s and sent after %.1f s",
                        cost.seconds(),
                        waited[0],
                        waited[1]));
    }

    private static void gold(Carillon carillon, String customer, String product) throws Exception {
        var http = carillon.http();
        http.inTurns(
                1,
                1,
                n -> http.put(
                        "/api/v1/customers/" + customer,
                        "{\"name\": \"Alice\", \"email\": \"alice@example.com\", \"segment\": \"gold\"}"));
        http.inTurns(
                1,
                1,
                n -> http.put(
                        "/api/v1/preferences/" + customer,
                        "{\"preferences\": {\"price_alerts\": {\"email\": true, \"sms\": false}}}"));
        http.inTurns(
                1,
                1,
                n -> carillon.event(
                        "customer.cart-item-added",
                        customer,
                        "{\"customerId\": \"%s\", \"productId\": \"%s\", \"quantity\": 1}"
                                .formatted(customer, product)));
    }

    private static void falls(Carillon carillon, String product) throws Exception {
        carillon.http()
                .inTurns(
                        1,
                        1,
                        n -> carillon.event(
                                "pricing.price-changed",
                                product,
                                "{\"productId\": \"%s\", \"productName\": \"Router\", \"oldPrice\": 149.99, \"newPrice\": 119.99, \"currency\": \"USD\"}"
                                        .formatted(product)));
    }
}
