package dev.carillon.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Compares what came back with what the page shows. {@code …} stands for anything: within a text, as the last element of an array, as a
 * line; an id stands for any id. Of an object the page shows what matters; what it shows must be there.
 */
final class Answer {

    private static final String ANYTHING = "…";
    /** Of ids the page shows those of the day it was written. */
    private static final Pattern ID = Pattern.compile("\\b0[0-9A-HJKMNP-TV-Z]{25}\\b");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answer() {}

    /** @return what differs, empty if nothing does */
    static Optional<String> difference(Block shown, String came) throws IOException {
        return shown.language().equals("json")
                ? jsonDifference(shown.text(), came)
                : textDifference(shown.lines(), came);
    }

    private static Optional<String> jsonDifference(String shown, String came) throws IOException {
        List<JsonNode> wanted = values(shown);
        List<JsonNode> answers = values(came);
        if (answers.size() < wanted.size()) {
            return Optional.of(answers.size() + " answers came back and not " + wanted.size());
        }
        List<JsonNode> last = answers.subList(answers.size() - wanted.size(), answers.size());
        return IntStream.range(0, wanted.size())
                .mapToObj(at -> difference("", wanted.get(at), last.get(at)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<JsonNode> values(String text) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            values.forEachRemaining(all::add);
        }
        return all;
    }

    private static Optional<String> difference(String at, JsonNode shown, JsonNode came) {
        if (shown.isObject() && came.isObject()) {
            return shown.properties().stream()
                    .map(field -> came.has(field.getKey())
                            ? difference(at + "/" + field.getKey(), field.getValue(), came.get(field.getKey()))
                            : Optional.of(at + "/" + field.getKey() + " did not come back"))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (shown.isArray() && came.isArray()) {
            return arrayDifference(at, shown, came);
        }
        if (shown.isTextual()
                && like(shown.textValue()).matcher(came.asText(came.toString())).matches()) {
            return Optional.empty();
        }
        boolean same = shown.isNumber() && came.isNumber()
                ? shown.decimalValue().compareTo(came.decimalValue()) == 0
                : shown.equals(came);
        return same ? Optional.empty() : Optional.of(at + " is " + came + " and not " + shown);
    }

    private static Optional<String> arrayDifference(String at, JsonNode shown, JsonNode came) {
        boolean open = !shown.isEmpty() && shown.get(shown.size() - 1).asText().equals(ANYTHING);
        int size = open ? shown.size() - 1 : shown.size();
        if (came.size() < size || !open && came.size() > size) {
            return Optional.of(at + " has " + came.size() + " elements and not " + size);
        }
        for (int index = 0; index < size; index++) {
            Optional<String> difference = difference(at + "/" + index, shown.get(index), came.get(index));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** Every line shown is found, in this order. */
    private static Optional<String> textDifference(List<String> shown, String came) {
        List<String> lines = came.lines().map(Answer::evenly).toList();
        int from = 0;
        for (String line : shown) {
            String wanted = evenly(line);
            if (wanted.isEmpty() || wanted.equals(ANYTHING)) {
                continue;
            }
            Pattern pattern = like(wanted);
            int at = from;
            while (at < lines.size() && !pattern.matcher(lines.get(at)).matches()) {
                at++;
            }
            if (at == lines.size()) {
                return Optional.of("no line is like: " + line);
            }
            from = at + 1;
        }
        return Optional.empty();
    }

    private static String evenly(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }

    private static Pattern like(String shown) {
        String expression = List.of(ID.matcher(shown).replaceAll(ANYTHING).split(ANYTHING, -1)).stream()
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL);
    }
}
