package dev.carillon.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a team writes for one kind of notification, counted from the sources: in door 1 the rule, in door 2 what its caller does after
 * its own change. {@code -Ddocs.write=true} writes it down for the reports.
 */
class WrittenLinesTest {

    private static final Path FILE = Path.of("src/main/resources/comparison/lines.json");
    private static final Path CALLERS = Path.of("src/main/java/dev/carillon/apidriven/caller");
    private static final Path RULES = Path.of("src/main/resources/rules");
    private static final Pattern METHOD =
            Pattern.compile("(?ms)^    (public|private)(?: static)? [^=;(]+ (\\w+)\\([^{;]*\\) \\{\\n.*?^    \\}\\n");

    private record OneStory(String rules, String rule, String caller, String type) {}

    private static final Map<String, OneStory> STORIES = new LinkedHashMap<>(Map.of(
            "order-shipped", new OneStory("ordering.yaml", "order-shipped", "OrderingCaller", "ORDER_SHIPPED"),
            "order-complete", new OneStory("ordering.yaml", "order-complete", "OrderingCaller", "ORDER_COMPLETE"),
            "payment-failed", new OneStory("billing.yaml", "payment-failed", "BillingCaller", "PAYMENT_FAILED"),
            "price-drop-alert", new OneStory("pricing.yaml", "price-drop-alert", "PricingCaller", "PRICE_DROP_ALERT"),
            "wishlist-sale", new OneStory("promotions.yaml", "wishlist-sale", "PromotionsCaller", "WISHLIST_SALE")));

    @Test
    void reports_say_how_much_is_written() throws IOException {
        // Given
        var json = new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        var counted = new TreeMap<String, Object>();
        for (var story : STORIES.entrySet()) {
            var one = story.getValue();
            counted.put(
                    story.getKey(),
                    Map.of(
                            "eventSourced", Map.of("lines", ruleLines(one), "of", "rules/" + one.rules()),
                            "apiDriven", Map.of("lines", callerLines(one), "of", one.caller() + ".java")));
        }
        var text = json.writeValueAsString(counted) + "\n";

        // When
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(FILE, text);
        }

        // Then
        assertThat(Files.readString(FILE)).isEqualTo(text);
    }

    private static int ruleLines(OneStory story) throws IOException {
        return written(Files.readString(RULES.resolve(story.rules()))
                .lines()
                .dropWhile(line -> !line.equals("- id: " + story.rule()))
                .collect(Collectors.collectingAndThen(Collectors.toList(), lines -> {
                    var rule = new ArrayList<String>();
                    for (var line : lines) {
                        if (!rule.isEmpty() && line.startsWith("- ")) {
                            break;
                        }
                        rule.add(line);
                    }
                    return rule;
                })));
    }

    /** Private methods that lead to the call, and what public ones chain to their change for its sake. */
    private static int callerLines(OneStory story) throws IOException {
        var source = Files.readString(CALLERS.resolve(story.caller() + ".java"));
        Map<String, String> methods = new LinkedHashMap<>();
        Set<String> open = new LinkedHashSet<>();
        METHOD.matcher(source).results().forEach(found -> {
            methods.put(found.group(2), found.group());
            if (found.group(1).equals("public")) {
                open.add(found.group(2));
            }
        });
        Set<String> leading = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (var method : methods.entrySet()) {
                if (leads(method.getValue(), story.type(), leading, open)) {
                    more |= leading.add(method.getKey());
                }
            }
        }
        int lines = 0;
        for (var method : leading) {
            var text = methods.get(method);
            lines +=
                    open.contains(method) ? chained(text) : written(text.lines().toList());
        }
        return lines;
    }

    private static boolean leads(String text, String type, Set<String> leading, Set<String> open) {
        return text.contains('"' + type + '"')
                || leading.stream().filter(one -> !open.contains(one)).anyMatch(one -> text.contains(" " + one + "("));
    }

    private static int chained(String text) {
        int at = text.indexOf("                .chain(");
        return at < 0
                ? written(text.lines().toList())
                : written(text.substring(at)
                        .lines()
                        .filter(line -> !line.equals("    }"))
                        .toList());
    }

    private static int written(List<String> lines) {
        return (int) lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && !line.startsWith("#")
                        && !line.startsWith("//")
                        && !line.startsWith("*")
                        && !line.startsWith("/*"))
                .count();
    }
}
