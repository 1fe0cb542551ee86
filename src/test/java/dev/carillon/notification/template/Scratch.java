package dev.carillon.notification.template;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A notifications folder in memory: one type named SCRATCH with an SMS, to be bent in tests. */
final class Scratch implements TemplateSource {

    static final Map<String, Object> ALICE = Map.of("name", "Alice Johnson");

    private final Map<String, String> files = new TreeMap<>();

    static Scratch saying(String sms) {
        return new Scratch()
                .with(
                        "categories.yaml",
                        "news: { description: News, commercial: true, mandatory: false, default: { sms: true } }")
                .with("SCRATCH/type.yaml", """
                        description: A type for a test
                        category: news
                        channels: [sms]
                        variables:
                          word:   { type: string, required: true, example: hello, description: Any word }
                          things: { type: list, required: false, example: [a, b], description: Any list }
                        """)
                .with("SCRATCH/sms.txt", sms);
    }

    Scratch with(String path, String content) {
        files.put(path, content);
        return this;
    }

    Scratch without(String path) {
        files.remove(path);
        return this;
    }

    Templates templates() {
        return new Templates(new Categories(this), this);
    }

    static Rendered rendered(Templates templates, Map<String, Object> context, Map<String, Object> customer) {
        return templates.render(templates.type("SCRATCH").orElseThrow(), "sms", context, customer);
    }

    @Override
    public String read(String path) {
        return path.equals("index.txt") && !files.containsKey(path)
                ? files.keySet().stream().collect(Collectors.joining("\n"))
                : files.get(path);
    }
}
