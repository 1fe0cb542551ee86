package dev.carillon.comparison.sample;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.carillon.bss.Customer;
import dev.carillon.bss.Product;
import dev.carillon.bss.Promotion;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The content of {@code data/*.json}. */
@ApplicationScoped
public class SampleData {

    private static final Pattern SNAKE = Pattern.compile("_([a-z])");

    @RegisterForReflection
    record OrderFile(String id, String customerId, String status, List<LineFile> lineItems, Instant createdAt) {}

    @RegisterForReflection
    record LineFile(String productId, int quantity, String status) {}

    @RegisterForReflection
    record BasketFile(String customerId, List<ItemFile> items) {}

    @RegisterForReflection
    record ItemFile(String productId, int quantity, Instant addedAt) {}

    @RegisterForReflection
    record PreferencesFile(String customerId, Map<String, Map<String, Boolean>> preferences) {}

    @RegisterForReflection(targets = {Customer.class, Product.class, Promotion.class})
    private static final class FromBss {}

    @RegisterForReflection
    record SaidFile(
            String eventId,
            String userId,
            String eventType,
            Instant eventTimestamp,
            Map<String, Object> properties,
            Map<String, Object> userTraits) {}

    private final ObjectMapper mapper;

    SampleData(ObjectMapper mapper) {
        this.mapper = mapper.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    }

    List<Customer> customers() {
        return read("customers", new TypeReference<>() {});
    }

    List<Product> products() {
        return read("products", new TypeReference<>() {});
    }

    List<OrderFile> orders() {
        return read("orders", new TypeReference<>() {});
    }

    List<BasketFile> carts() {
        return read("carts", new TypeReference<>() {});
    }

    List<BasketFile> wishlists() {
        return read("wishlists", new TypeReference<>() {});
    }

    List<PreferencesFile> preferences() {
        return read("notification_preferences", new TypeReference<>() {});
    }

    List<Promotion> promotions() {
        return read("promotions", new TypeReference<>() {});
    }

    List<SaidFile> saidElsewhere() {
        return read("said_elsewhere", new TypeReference<>() {});
    }

    /** The same as rows, for stories that are told as data: what each of the teams keeps. */
    public Map<String, List<Map<String, Object>>> records() {
        var records = new LinkedHashMap<String, List<Map<String, Object>>>();
        for (var file : List.of("customers", "products", "orders", "promotions")) {
            records.put(file, rows(file).toList());
        }
        records.put(
                "carts",
                rows("carts")
                        .flatMap(cart -> parts(cart, "items", "customerId", "customerId"))
                        .toList());
        records.put(
                "wishlists",
                rows("wishlists")
                        .flatMap(list -> parts(list, "items", "customerId", "customerId"))
                        .toList());
        records.put(
                "orderLines",
                rows("orders")
                        .flatMap(order -> parts(order, "lineItems", "id", "orderId"))
                        .toList());
        return records;
    }

    private Stream<Map<String, Object>> rows(String file) {
        return this.<List<Map<String, Object>>>read(file, new TypeReference<>() {}).stream()
                .map(SampleData::inCamelCase);
    }

    /** The items of a row, each with what it belongs to; an order's lines have their ids as {@link SamplePlatform} gives them. */
    private static Stream<Map<String, Object>> parts(Map<String, Object> row, String list, String key, String as) {
        var items = row.get(list) instanceof List<?> some ? some : List.of();
        return IntStream.range(0, items.size()).mapToObj(n -> {
            var part = inCamelCase((Map<?, ?>) items.get(n));
            part.put(as, row.get(key));
            if (as.equals("orderId")) {
                part.put("id", row.get(key) + "-" + (n + 1));
            }
            return part;
        });
    }

    private static Map<String, Object> inCamelCase(Map<?, ?> row) {
        var camel = new LinkedHashMap<String, Object>();
        row.forEach((name, value) -> {
            if (value != null) {
                camel.put(
                        SNAKE.matcher(name.toString())
                                .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT)),
                        value);
            }
        });
        return camel;
    }

    public Promotion promotion(String id) {
        return promotions().stream()
                .filter(promotion -> promotion.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private <T> T read(String file, TypeReference<T> type) {
        var name = "data/" + file + ".json";
        try (var stream = Objects.requireNonNull(
                Thread.currentThread().getContextClassLoader().getResourceAsStream(name), name)) {
            return mapper.readValue(stream, type);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
