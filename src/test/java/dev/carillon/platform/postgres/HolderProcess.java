package dev.carillon.platform.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A running {@link ServerHolder}. */
record HolderProcess(Process process, StartMode arrival, long serverPid) {

    static HolderProcess on(Path dataDir) throws IOException {
        return started(List.of(dataDir.toString()));
    }

    static HolderProcess supervising(Path dataDir) throws IOException {
        return started(List.of(dataDir.toString(), "supervising"));
    }

    private static HolderProcess started(List<String> arguments) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        // what runs over there counts as covered, too
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerHolder.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("HOLDING ")) {
                String[] words = line.split(" ");
                return new HolderProcess(process, StartMode.valueOf(words[1]), Long.parseLong(words[2]));
            }
        }
        throw new AssertionError("The other JVM ended without a server");
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    void endInput() throws IOException, InterruptedException {
        process.outputWriter().close();
        process.waitFor();
    }
}
