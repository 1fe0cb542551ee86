package dev.carillon.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the project: README, or one under docs/ or k8s/. */
record Page(Path path, List<Block> blocks) {

    private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*)\\s*(.*)");

    /** A block that is run, and what the page says comes back, if it says so. */
    record Command(Block block, Optional<Block> answer) {}

    static List<Page> all() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> k8s = Files.walk(Path.of("k8s"))) {
            List<Path> paths = Stream.of(Stream.of(Path.of("README.md")), docs, k8s)
                    .flatMap(all -> all)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            List<Page> pages = new ArrayList<>();
            for (Path path : paths) {
                pages.add(of(path, Files.readAllLines(path)));
            }
            return pages;
        }
    }

    static Page of(Path path, List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        Block open = null;
        for (int at = 0; at < lines.size(); at++) {
            Matcher fence = FENCE.matcher(lines.get(at));
            if (open == null && fence.matches()) {
                open = new Block(at + 1, fence.group(1), fence.group(2).strip(), new ArrayList<>());
            } else if (open != null && lines.get(at).strip().equals("```")) {
                blocks.add(open);
                open = null;
            } else if (open != null) {
                open.lines().add(lines.get(at));
            }
        }
        if (open != null) {
            throw new IllegalStateException(path + ":" + open.line() + ": the block has no end");
        }
        return new Page(path, List.copyOf(blocks));
    }

    List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        for (int at = 0; at < blocks.size(); at++) {
            if (blocks.get(at).isRunnable()) {
                Optional<Block> next = at + 1 < blocks.size()
                        ? Optional.of(blocks.get(at + 1)).filter(Block::isAnswer)
                        : Optional.empty();
                commands.add(new Command(blocks.get(at), next));
            }
        }
        return commands;
    }

    String at(Block block) {
        return path + ":" + block.line();
    }
}
