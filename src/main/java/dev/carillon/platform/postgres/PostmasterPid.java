package dev.carillon.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The content of the server's {@code postmaster.pid}: its process and port.
 *
 * @param port 0 while the server has not yet said
 */
record PostmasterPid(Path file, long pid, int port) {

    private static final int PORT_LINE = 3;

    /** Above every system's largest process number, so PostgreSQL takes the file for a dead server's. */
    private static final String NOBODYS_PID = "999999999";

    static Optional<PostmasterPid> in(Path data) {
        Path file = data.resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(file);
            // an empty file is one that is being written
            long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
            int port = lines.size() > PORT_LINE
                    ? Integer.parseInt(lines.get(PORT_LINE).strip())
                    : 0;
            return Optional.of(new PostmasterPid(file, pid, port));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new PostgresStartException("Cannot read " + file, e);
        }
    }

    /**
     * Whether the process of that number is this data's server, not a dead one's remains and not a stranger who was
     * given the number later.
     */
    boolean processIsThisServer() {
        Optional<ProcessHandle.Info> process =
                ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(ProcessHandle::info);
        // a zombie has no command any more
        boolean postgres = process.flatMap(ProcessHandle.Info::command)
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.startsWith("postgres"))
                .isPresent();
        String data = String.valueOf(file.getParent());
        return postgres
                && process.flatMap(ProcessHandle.Info::arguments)
                        .map(arguments -> Arrays.asList(arguments).contains(data))
                        .orElse(true);
    }

    /**
     * Takes the process number out of a dead server's file. Deleting the file would also lose the key of the shared
     * memory in it, by which PostgreSQL notices survivors of the dead server.
     */
    void disown() {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (lines.isEmpty()) {
                Files.delete(file);
                return;
            }
            lines.set(0, NOBODYS_PID);
            Files.write(file, lines);
        } catch (NoSuchFileException e) {
            // gone by itself, which is as good
        } catch (IOException e) {
            throw new PostgresStartException("Cannot mark " + file + " as a dead server's", e);
        }
    }
}
