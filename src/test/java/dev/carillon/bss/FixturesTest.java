package dev.carillon.bss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The files in {@code data/}: their shapes, their references, and every case the five scenarios need. */
class FixturesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CATEGORIES =
            List.of("order_updates", "price_alerts", "promotions", "payment_alerts");
    private static final Set<String> STATUSES = Set.of("PENDING", "SHIPPED", "DELIVERED");

    private final List<JsonNode> customers = elementsOf("customers");
    private final List<JsonNode> products = elementsOf("products");
    private final List<JsonNode> orders = elementsOf("orders");
    private final List<JsonNode> carts = elementsOf("carts");
    private final List<JsonNode> preferences = elementsOf("notification_preferences");
    private final List<JsonNode> wishlists = elementsOf("wishlists");
    private final List<JsonNode> promotions = elementsOf("promotions");

    @Test
    void five_customers_six_products_four_orders() {
        assertThat(customers).hasSize(5);
        assertThat(products).hasSize(6);
        assertThat(orders).hasSize(4);
    }

    @Test
    void every_element_has_exactly_the_fields_of_its_shape_in_their_order() {
        assertFields(customers, "id", "name", "email", "phone", "segment", "created_at");
        assertFields(products, "id", "name", "price", "category");
        assertFields(orders, "id", "customer_id", "status", "line_items", "created_at");
        assertFields(parts(orders, "line_items"), "product_id", "quantity", "status");
        assertFields(carts, "customer_id", "items");
        assertFields(parts(carts, "items"), "product_id", "quantity", "added_at");
        assertFields(preferences, "customer_id", "preferences");
        assertFields(
                preferences.stream().map(entry -> entry.get("preferences")).toList(),
                CATEGORIES.toArray(String[]::new));
        assertFields(parts(preferences, "preferences"), "email", "sms");
        assertFields(wishlists, "customer_id", "items");
        assertFields(parts(wishlists, "items"), "product_id", "added_at");
        assertFields(promotions, "id", "name", "product_id", "discount_percent", "starts_at", "ends_at");
    }

    @Test
    void every_value_is_of_its_kind() {
        assertThat(customers).allSatisfy(customer -> {
            assertThat(customer.get("email").textValue()).matches("[a-z]+@example\\.com");
            assertThat(customer.get("phone").isNull()
                            || PhoneNumberUtil.getInstance()
                                    .isValidNumber(number(customer.get("phone").textValue())))
                    .isTrue();
            assertThat(customer.get("segment").textValue()).isIn("bronze", "silver", "gold", "platinum");
        });
        assertThat(products)
                .allSatisfy(product ->
                        assertThat(product.get("price").decimalValue()).isPositive());
        assertThat(orders)
                .allSatisfy(order -> assertThat(order.get("status").textValue()).isEqualTo("PROCESSING"));
        assertThat(parts(orders, "line_items")).isNotEmpty().allSatisfy(line -> {
            assertThat(line.get("quantity").intValue()).isPositive();
            assertThat(line.get("status").textValue()).isIn(STATUSES);
        });
        assertThat(parts(preferences, "preferences"))
                .allSatisfy(channels -> assertThat(channels).allMatch(JsonNode::isBoolean));
        assertThat(promotions).allSatisfy(promotion -> {
            assertThat(promotion.get("discount_percent").intValue()).isBetween(1, 99);
            assertThat(Instant.parse(promotion.get("starts_at").textValue()))
                    .isBefore(Instant.parse(promotion.get("ends_at").textValue()));
        });
        assertThat(Stream.of(customers, orders).flatMap(List::stream).map(element -> element.get("created_at")))
                .allSatisfy(FixturesTest::assertInstant);
        assertThat(Stream.of(carts, wishlists)
                        .flatMap(list -> parts(list, "items").stream())
                        .map(item -> item.get("added_at")))
                .allSatisfy(FixturesTest::assertInstant);
    }

    @Test
    void every_id_is_unique_and_every_reference_leads_somewhere() {
        Set<String> customerIds = uniqueIds(customers, "id");
        Set<String> productIds = uniqueIds(products, "id");
        uniqueIds(orders, "id");
        uniqueIds(promotions, "id");

        assertThat(customerIds).containsAll(uniqueIds(carts, "customer_id"));
        assertThat(customerIds).containsAll(uniqueIds(wishlists, "customer_id"));
        assertThat(customerIds).containsAll(uniqueIds(preferences, "customer_id"));
        assertThat(orders)
                .allSatisfy(order -> assertThat(customerIds)
                        .contains(order.get("customer_id").textValue()));
        Stream.of(parts(orders, "line_items"), parts(carts, "items"), parts(wishlists, "items"), promotions)
                .flatMap(List::stream)
                .forEach(part ->
                        assertThat(productIds).contains(part.get("product_id").textValue()));
    }

    @Test
    void the_first_elements_are_as_the_project_was_given_them() throws IOException {
        assertThat(customers.get(0)).isEqualTo(JSON.readTree("""
                {"id": "cust-001", "name": "Alice Johnson", "email": "alice@example.com", "phone": "+12025550101",
                 "segment": "gold", "created_at": "2024-01-15T10:00:00Z"}"""));
        assertThat(preferences.get(0)).isEqualTo(JSON.readTree("""
                {"customer_id": "cust-001", "preferences": {
                  "order_updates": {"email": true, "sms": true}, "price_alerts": {"email": true, "sms": false},
                  "promotions": {"email": true, "sms": false}, "payment_alerts": {"email": true, "sms": true}}}"""));
        assertThat(orders.get(0)).isEqualTo(JSON.readTree("""
                {"id": "ord-001", "customer_id": "cust-001", "status": "PROCESSING", "line_items": [
                  {"product_id": "prod-001", "quantity": 1, "status": "PENDING"},
                  {"product_id": "prod-002", "quantity": 2, "status": "PENDING"}], "created_at": "2024-06-01T14:30:00Z"}"""));
        assertThat(carts.get(0)).isEqualTo(JSON.readTree("""
                {"customer_id": "cust-002", "items": [
                  {"product_id": "prod-001", "quantity": 1, "added_at": "2024-06-10T09:00:00Z"}]}"""));
        assertThat(products.get(0)).isEqualTo(JSON.readTree("""
                {"id": "prod-001", "name": "Wireless Router X500", "price": 149.99, "category": "networking"}"""));
    }

    @Test
    void a_price_drop_on_the_router_meets_every_verdict() {
        Set<String> holders = holdersOf("prod-001", carts);

        assertThat(holders)
                .filteredOn(id -> inSegment(id, "gold") && wants(id, "price_alerts", true, false))
                .containsExactly("cust-001");
        assertThat(holders)
                .filteredOn(id -> inSegment(id, "platinum") && wants(id, "price_alerts", true, true))
                .containsExactly("cust-002");
        assertThat(holders)
                .filteredOn(id -> inSegment(id, "silver") && wants(id, "price_alerts", true, true))
                .containsExactly("cust-003");
        assertThat(holders)
                .filteredOn(id -> inSegment(id, "gold") && wants(id, "price_alerts", false, false))
                .containsExactly("cust-004");
        assertThat(holders).doesNotContain("cust-005");
        assertThat(inSegment("cust-005", "platinum"))
                .as("outside the audience only because of the cart")
                .isTrue();
    }

    @Test
    void a_sale_on_the_headphones_meets_every_verdict() {
        Set<String> wishers = holdersOf("prod-004", wishlists);

        assertThat(promotions.get(0).get("product_id").textValue()).isEqualTo("prod-004");
        assertThat(wishers).containsExactly("cust-001", "cust-003", "cust-004", "cust-005");
        assertThat(wants("cust-001", "promotions", true, false)).isTrue();
        assertThat(wants("cust-003", "promotions", true, true)).isTrue();
        assertThat(wants("cust-004", "promotions", false, false)).isTrue();
        assertThat(wants("cust-002", "promotions", true, true))
                .as("outside the audience only because of the wishlist")
                .isTrue();
    }

    @Test
    void one_customer_has_no_phone_but_wants_sms_and_has_an_order() {
        assertThat(customers)
                .filteredOn(customer -> customer.get("phone").isNull())
                .extracting(customer -> customer.get("id").textValue())
                .containsExactly("cust-003");
        assertThat(CATEGORIES).allMatch(category -> wants("cust-003", category, true, true));
        assertThat(ordersOf("cust-003")).hasSize(1);
    }

    @Test
    void one_customer_is_out_of_everything_and_one_never_chose() {
        assertThat(CATEGORIES).allMatch(category -> wants("cust-004", category, false, false));
        assertThat(uniqueIds(preferences, "customer_id"))
                .doesNotContain("cust-005")
                .hasSize(4);
        assertThat(ordersOf("cust-005"))
                .as("an order, so that the defaults show")
                .hasSize(1);
    }

    @Test
    void orders_of_every_kind() {
        assertThat(statusesOf("ord-001")).containsExactly("PENDING", "PENDING");
        assertThat(statusesOf("ord-002"))
                .as("three lines, partly shipped")
                .containsExactly("SHIPPED", "PENDING", "PENDING");
        assertThat(statusesOf("ord-003")).as("one line already there").containsExactly("DELIVERED", "PENDING");
        assertThat(statusesOf("ord-004")).as("a single line").containsExactly("PENDING");
    }

    private boolean inSegment(String customerId, String segment) {
        return only(customers, "id", customerId).get("segment").textValue().equals(segment);
    }

    private boolean wants(String customerId, String category, boolean email, boolean sms) {
        JsonNode channels =
                only(preferences, "customer_id", customerId).get("preferences").get(category);
        return channels.get("email").booleanValue() == email
                && channels.get("sms").booleanValue() == sms;
    }

    private List<JsonNode> ordersOf(String customerId) {
        return orders.stream().filter(is("customer_id", customerId)).toList();
    }

    private List<String> statusesOf(String orderId) {
        return parts(List.of(only(orders, "id", orderId)), "line_items").stream()
                .map(line -> line.get("status").textValue())
                .toList();
    }

    private static Set<String> holdersOf(String productId, List<JsonNode> lists) {
        Set<String> holders = new TreeSet<>();
        lists.stream()
                .filter(list -> parts(List.of(list), "items").stream().anyMatch(is("product_id", productId)))
                .forEach(list -> holders.add(list.get("customer_id").textValue()));
        return holders;
    }

    private static JsonNode only(List<JsonNode> elements, String field, String value) {
        List<JsonNode> found = elements.stream().filter(is(field, value)).toList();
        assertThat(found).as(value).hasSize(1);
        return found.get(0);
    }

    private static Predicate<JsonNode> is(String field, String value) {
        return element -> element.get(field).textValue().equals(value);
    }

    private static Set<String> uniqueIds(List<JsonNode> elements, String field) {
        List<String> ids =
                elements.stream().map(element -> element.get(field).textValue()).toList();
        assertThat(ids).doesNotHaveDuplicates();
        return new TreeSet<>(ids);
    }

    private static void assertFields(List<JsonNode> elements, String... fields) {
        assertThat(elements)
                .isNotEmpty()
                .allSatisfy(
                        element -> assertThat(element.fieldNames()).toIterable().containsExactly(fields));
    }

    private static void assertInstant(JsonNode value) {
        assertThatCode(() -> Instant.parse(value.textValue())).doesNotThrowAnyException();
    }

    private static List<JsonNode> parts(List<JsonNode> elements, String field) {
        return elements.stream()
                .flatMap(element -> StreamSupport.stream(element.get(field).spliterator(), false))
                .toList();
    }

    private static List<JsonNode> elementsOf(String name) {
        try {
            JsonNode array = JSON.readTree(Path.of("data", name + ".json").toFile());
            assertThat(array.isArray()).as(name + ".json is an array").isTrue();
            return StreamSupport.stream(array.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(name + ".json cannot be read", e);
        }
    }

    private static Phonenumber.PhoneNumber number(String e164) {
        try {
            return PhoneNumberUtil.getInstance().parse(e164, null);
        } catch (NumberParseException e) {
            throw new AssertionError(e164, e);
        }
    }
}
