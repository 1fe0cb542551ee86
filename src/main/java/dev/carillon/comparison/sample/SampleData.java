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
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The content of {@code data/*.json}. */
@ApplicationScoped
public class SampleData {

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
