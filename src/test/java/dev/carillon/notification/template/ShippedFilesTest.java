package dev.carillon.notification.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/notifications");

    @Test
    void every_file_of_the_folder_is_read() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<String> found = files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
            assertThat(TemplateSource.classPath().require(Templates.INDEX).lines())
                    .isNotEmpty()
                    .containsExactlyElementsOf(found);
        }
    }

    @Test
    void every_type_in_its_category() {
        Templates templates = new Templates(new Categories());

        assertThat(templates.types())
                .extracting(NotificationType::name, NotificationType::category)
                .containsExactly(
                        tuple("ACCOUNT_NOTICE", "account_activity"),
                        tuple("BANK_LINK_NUDGE_SMS", "onboarding"),
                        tuple("CARD_PAYMENTS_SUMMARY", "account_activity"),
                        tuple("HIGH_RISK_ALERT", "internal"),
                        tuple("INSUFFICIENT_FUNDS_EMAIL", "payment_alerts"),
                        tuple("ORDER_COMPLETE", "order_updates"),
                        tuple("ORDER_SHIPPED", "order_updates"),
                        tuple("PAYMENT_FAILED", "payment_alerts"),
                        tuple("PRICE_DROP_ALERT", "price_alerts"),
                        tuple("WELCOME_EMAIL", "onboarding"),
                        tuple("WISHLIST_SALE", "promotions"));
        assertThat(templates.types()).noneMatch(NotificationType::mandatory);
        assertThat(templates.types())
                .filteredOn(type -> type.channels().size() == 1)
                .extracting(NotificationType::name, NotificationType::channels)
                .containsExactly(
                        tuple("BANK_LINK_NUDGE_SMS", List.of("sms")),
                        tuple("CARD_PAYMENTS_SUMMARY", List.of("email")),
                        tuple("HIGH_RISK_ALERT", List.of("email")),
                        tuple("INSUFFICIENT_FUNDS_EMAIL", List.of("email")),
                        tuple("WELCOME_EMAIL", List.of("email")));
        assertThat(templates.type("ORDER_LOST")).isEmpty();
    }

    @Test
    void the_defaults_of_the_categories_hold_for_customers_who_never_chose() {
        Categories categories = new Categories();

        assertThat(categories.categories())
                .extracting(Category::name)
                .containsExactly(
                        "order_updates",
                        "payment_alerts",
                        "price_alerts",
                        "promotions",
                        "onboarding",
                        "account_activity",
                        "internal");
        assertThat(defaultsOf(categories, "order_updates")).isEqualTo(Map.of("email", true, "sms", true));
        assertThat(defaultsOf(categories, "payment_alerts")).isEqualTo(Map.of("email", true, "sms", true));
        assertThat(defaultsOf(categories, "price_alerts")).isEqualTo(Map.of("email", false, "sms", false));
        assertThat(defaultsOf(categories, "promotions")).isEqualTo(Map.of("email", false, "sms", false));
        assertThat(defaultsOf(categories, "onboarding")).isEqualTo(Map.of("email", true, "sms", true));
        assertThat(defaultsOf(categories, "account_activity"))
                .isEqualTo(Map.of("email", true, "sms", false, "inbox", true));
        assertThat(categories.categories()).noneMatch(Category::mandatory);
        assertThat(categories.categories())
                .filteredOn(Category::commercial)
                .extracting(Category::name)
                .containsExactly("price_alerts", "promotions");
        assertThat(categories.category("gossip")).isEmpty();
    }

    private static Map<String, Boolean> defaultsOf(Categories categories, String name) {
        return categories.category(name).orElseThrow().defaults();
    }
}
