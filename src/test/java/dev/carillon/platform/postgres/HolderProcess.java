package dev.carillon.platform.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A running {@link ServerHolder}. */
record HolderProcess(Process process, Arrival arrival, long serverPid) {

    static HolderProcess on(Path dataDir) throws IOException {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                ServerHolder.class.getName(), dataDir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("HOLDING ")) {
                String[] words = line.split(" ");
                return new HolderProcess(process, Arrival.valueOf(words[1]), Long.parseLong(words[2]));
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
