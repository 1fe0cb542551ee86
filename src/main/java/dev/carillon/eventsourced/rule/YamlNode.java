package dev.carillon.eventsourced.rule;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A node of a rule file with its position, so that every error has one. */
sealed interface YamlNode {

    Position at();

    /** The node's content, independent of layout, comments, quoting and the order of keys. */
    String canonical();

    /** A key and its position. */
    record YamlKey(String name, Position at) {}

    /** A mapping, in file order. */
    record Mapping(Map<YamlKey, YamlNode> entries, Position at) implements YamlNode {
        @Override
        public String canonical() {
            Map<String, String> sorted = new TreeMap<>();
            entries.forEach((key, value) -> sorted.put(quoted(key.name()), value.canonical()));
            return sorted.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Position at) implements YamlNode {
        @Override
        public String canonical() {
            return items.stream().map(YamlNode::canonical).collect(Collectors.joining(",", "[", "]"));
        }
    }

    /**
     * A scalar. Every scalar is text here; the clause decides what it must be.
     *
     * @param lines where each line of the text begins in the file, or empty if folding or escapes make that unknowable
     */
    record YamlText(String text, Position at, List<Position> lines) implements YamlNode {
        @Override
        public String canonical() {
            return quoted(text);
        }

        /** The position of the character at this index; the scalar's own start if that is unknown. */
        Position at(int index) {
            String before = text.substring(0, Math.min(index, text.length()));
            int line = (int) before.chars().filter(c -> c == '\n').count();
            return line < lines.size() ? lines.get(line).right(before.length() - before.lastIndexOf('\n') - 1) : at;
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
