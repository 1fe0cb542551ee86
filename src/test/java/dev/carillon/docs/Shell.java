package dev.carillon.docs;

import dev.carillon.docs.Page.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the commands of one page in one shell, in the project's directory, as somebody would who reads from top to bottom. The pages say
 * {@code 127.0.0.1:8080} and show no key; curl's own configuration leads to the service under test and adds the key.
 */
final class Shell {

    private static final int SECONDS = 120;

    private final Path place;
    private final Map<String, String> environment;

    /** What one block printed, and the status of each answer. */
    record Ran(Command command, String output, List<Integer> statuses) {}

    Shell(Path place, Map<String, String> environment) {
        this.place = place;
        this.environment = environment;
    }

    static Shell against(int port, String key, Path place, Map<String, String> environment) throws IOException {
        Files.writeString(place.resolve(".curlrc"), """
                header = "X-API-Key: %s"
                connect-to = "127.0.0.1:8080:127.0.0.1:%d"
                connect-to = "localhost:8080:127.0.0.1:%2$d"
                write-out = "%%{stderr}status %%{http_code}\\n"
                silent
                """.formatted(key, port));
        return new Shell(place, environment);
    }

    static boolean has(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** @throws AssertionError if a command ends with an error */
    List<Ran> run(List<Command> commands) throws IOException, InterruptedException {
        Path script = place.resolve("page.sh");
        StringBuilder text = new StringBuilder("set -eu -o pipefail\n");
        for (int at = 0; at < commands.size(); at++) {
            text.append("{\n")
                    .append(commands.get(at).block().text())
                    .append("\n} > ")
                    .append(output(at))
                    .append(" 2> ")
                    .append(errors(at))
                    .append('\n');
        }
        Files.writeString(script, text);
        ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("shell.log").toFile());
        bash.environment().put("CURL_HOME", place.toString());
        bash.environment().putAll(environment);
        Process process = bash.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return ran(commands, process.exitValue());
    }

    private List<Ran> ran(List<Command> commands, int exit) throws IOException {
        List<Ran> ran = new ArrayList<>();
        for (int at = 0; at < commands.size() && Files.exists(output(at)); at++) {
            List<Integer> statuses = Files.readAllLines(errors(at)).stream()
                    .filter(line -> line.startsWith("status "))
                    .map(line -> Integer.valueOf(line.substring("status ".length())))
                    .toList();
            ran.add(new Ran(commands.get(at), Files.readString(output(at)), statuses));
        }
        if (exit != 0 || ran.size() < commands.size()) {
            int last = ran.size() - 1;
            throw new AssertionError("line " + commands.get(last).block().line() + " ends with " + exit + ": "
                    + Files.readString(errors(last)) + ran.get(last).output());
        }
        return ran;
    }

    private Path output(int at) {
        return place.resolve("block-" + at + ".out");
    }

    private Path errors(int at) {
        return place.resolve("block-" + at + ".err");
    }
}
