package dev.carillon.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Checks whether the output goes to a terminal. From Java 22 on, {@code System.console()} also exists for pipes. */
final class Terminal {

    /** Linux shows here what a process writes to. */
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/\\d+|tty.*|console)");

    private Terminal() {}

    static boolean isStandardOutput() {
        try {
            return Files.exists(STANDARD_OUTPUT, LinkOption.NOFOLLOW_LINKS)
                    ? isOne(Files.readSymbolicLink(STANDARD_OUTPUT).toString())
                    : new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            // neither Linux nor another Unix
            return System.console() != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean isOne(String file) {
        return TERMINAL.matcher(file).matches();
    }
}
