package dev.carillon.platform.idempotency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.platform.value.Sha256;
import java.math.BigDecimal;
import java.util.stream.StreamSupport;

/** Fingerprints JSON, so that two contents can be compared whatever the order of their keys and their spacing. */
public final class Fingerprint {

    private Fingerprint() {}

    /** SHA-256 over the content with its keys in order. */
    public static byte[] of(JsonNode content) {
        return Sha256.of(canonical(content).toString());
    }

    private static JsonNode canonical(JsonNode node) {
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(item -> array.add(canonical(item)));
            return array;
        }
        return node.isObject() ? sorted(node) : node.isBigDecimal() ? number(node.decimalValue()) : node;
    }

    /** 1.50 is 1.5: as a double where that is all of it, with its own digits where a double has fewer. */
    private static JsonNode number(BigDecimal value) {
        double real = value.doubleValue();
        boolean whole = Double.isFinite(real) && BigDecimal.valueOf(real).compareTo(value) == 0;
        return whole ? DoubleNode.valueOf(real) : DecimalNode.valueOf(value.stripTrailingZeros());
    }

    private static ObjectNode sorted(JsonNode node) {
        var object = JsonNodeFactory.instance.objectNode();
        StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
                .sorted()
                .forEach(name -> object.set(name, canonical(node.get(name))));
        return object;
    }
}
